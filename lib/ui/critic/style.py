"""How code looks with what is said of it."""

import streamlit as st

_CRITIC = """
.st-key-critic-findings { --quiet: #5c5f66; --mark: #5c5f66; --paper: #f3efe7; }
.st-key-critic-findings h3 { padding-top: 0.3rem; }
.st-key-critic-text textarea { font: 400 0.875rem/1.5 "Source Code Pro", monospace; }
.st-key-critic-examples { align-items: center; gap: 0.1rem 0.8rem; }
.st-key-critic-examples > * { width: auto; min-width: 0; flex: none; }
.critic-title { font-size: 1rem; margin: 0; padding: 0.4rem 0 0.1rem; }
.st-key-critic ul.critic-list { margin: 0; padding: 0; list-style: none; }
.st-key-critic .critic-list li {
  margin: 0;
  padding: 0.15rem 0 0.15rem 0.75rem;
  border-left: 3px solid var(--mark);
}
.critic-list span, .critic-word span { color: var(--quiet); font-weight: 400; }
.critic-list a { color: inherit; text-underline-offset: 0.2em; }
.critic-list span { margin-left: 0.4rem; font-size: 0.9rem; }
.critic-list .wrong, [class*="st-key-critic-note-wrong"] { --mark: #a32b31; }
.critic-list .misleading, [class*="st-key-critic-note-misleading"] { --mark: #8a4b08; }
.critic-list .untidy, [class*="st-key-critic-note-untidy"] { --mark: #5c5f66; }
.critic-list .question, [class*="st-key-critic-note-question"] { --mark: #2a5f8f; }
.critic-cell {
  margin: 0;
  padding: 0.9rem 0 0.2rem;
  font-size: 0.85rem;
  color: var(--quiet);
}
.st-key-critic ol.critic-lines {
  margin: 0;
  padding: 0 0 0 2.4rem;
  background: var(--paper);
  font: 400 0.875rem/1.6 "Source Code Pro", monospace;
}
.st-key-critic .critic-lines li { margin: 0; padding: 0 0.6rem; font: inherit; }
:is(.st-key-critic-code-3, .st-key-critic-code-4) ol.critic-lines.critic-lines {
  padding-left: 3.6rem;
}
.critic-lines li::marker { color: var(--quiet); font-size: 0.8rem; }
.st-key-critic .critic-lines code {
  display: block;
  padding: 0;
  background: none;
  color: inherit;
  font: inherit;
  white-space: pre-wrap;
  overflow-wrap: anywhere;
}
.critic-lines li.marked {
  background: color-mix(in srgb, #b26a12 14%, transparent);
  box-shadow: inset 3px 0 #b26a12;
}
.st-key-critic-findings summary {
  padding: 0.3rem 0.8rem;
  background: var(--paper);
  color: var(--quiet);
  font-size: 0.85rem;
  cursor: pointer;
}
[class*="st-key-critic-note-"] {
  margin: 0.5rem 0 0.9rem;
  padding: 0.5rem 0.9rem 0.6rem;
  border-left: 3px solid var(--mark);
  background: color-mix(in srgb, var(--mark) 7%, transparent);
}
.critic-said { scroll-margin-top: 6rem; outline-offset: 6px; }
.st-key-critic .critic-said p { margin: 0 0 0.35rem; }
.st-key-critic p.critic-word {
  margin: 0;
  color: var(--mark);
  font-size: 0.85rem;
  font-weight: 600;
}
.st-key-critic p.critic-sentence { font: 600 1.05rem/1.4 "Source Serif", serif; }
.critic-said code { font-size: 0.92em; overflow-wrap: anywhere; }
.st-key-critic-praise {
  --mark: #1c6b3f;
  padding: 0.55rem 0.9rem;
  border-left: 3px solid var(--mark);
  background: color-mix(in srgb, var(--mark) 8%, transparent);
}
"""

_DARK = """
.st-key-critic-findings { --quiet: #a9aab0; --mark: #a9aab0; --paper: #1f2227; }
.critic-list .wrong, [class*="st-key-critic-note-wrong"] { --mark: #f0989b; }
.critic-list .misleading, [class*="st-key-critic-note-misleading"] { --mark: #e7b06b; }
.critic-list .untidy, [class*="st-key-critic-note-untidy"] { --mark: #a9aab0; }
.critic-list .question, [class*="st-key-critic-note-question"] { --mark: #8fb8de; }
.critic-lines li.marked {
  background: color-mix(in srgb, #e7b06b 16%, transparent);
  box-shadow: inset 3px 0 #e7b06b;
}
.st-key-critic-praise { --mark: #7fcf9f; }
"""


def apply_style() -> None:
    """Send the rules, as one element."""
    st.html(f"<style>{_CRITIC}{_DARK if st.context.theme.type == 'dark' else ''}</style>")

"""What the views of a class look like: large targets on a phone, large type on a projector."""

import streamlit as st

# No sidebar, and no way to one; the header's buttons lie on nothing.
_ROOM = """
[data-testid="stApp"]:has(.st-key-class-learner, .st-key-class-instructor, .st-key-class-projector)
  :is([data-testid="stSidebar"], [data-testid="stExpandSidebarButton"]) { display: none; }
[data-testid="stMainBlockContainer"]:has(.st-key-class-learner) {
  max-width: 792px;
  padding: 0.9rem 1rem 3rem;
}
[data-testid="stMainBlockContainer"]:has(.st-key-class-instructor) {
  max-width: 1280px;
  padding: 0.75rem 2.25rem 2rem;
}
[data-testid="stMainBlockContainer"]:has(.st-key-class-door) { max-width: 960px; }
[data-testid="stMainBlockContainer"]:has(.st-key-class-projector) {
  max-width: none;
  padding: 0.75rem 1.8rem 0.5rem;
}
[data-testid="stApp"]:has(.st-key-class-learner, .st-key-class-instructor, .st-key-class-projector)
  [data-testid="stHeader"] { background: none; pointer-events: none; }
[data-testid="stHeader"] button { pointer-events: auto; }
.st-key-class-bar { padding-right: 3rem; justify-content: space-between; }
.class-code {
  margin: 0;
  font: 600 2.6rem/1.1 "Source Serif", serif;
  font-variant-numeric: lining-nums tabular-nums;
  letter-spacing: 0.06em;
  text-align: center;
}
.st-key-class-way-in, .st-key-class-way-in > * { align-items: center; text-align: center; }
[class*="st-key-class-"][class*="-question"] p {
  font-size: 1.15rem; line-height: 1.5; font-weight: 600; }
.st-key-class-answer [data-testid="stRadio"] [role="radiogroup"] {
  gap: 0.55rem; width: 100%; align-items: stretch; }
.st-key-class-answer [data-testid="stRadioOption"] {
  display: flex;
  width: 100%;
  min-height: 52px;
  margin: 0;
  padding: 0.7rem 0.9rem;
  border: 1px solid color-mix(in srgb, currentColor 25%, transparent);
  border-radius: 8px;
  align-items: center;
}
.st-key-class-answer [data-testid="stRadioOption"]:has(:checked) {
  border-color: #b2343a;
  background: color-mix(in srgb, #b2343a 10%, transparent);
}
.st-key-class-learner [data-testid^="stBaseButton-primary"] { min-height: 52px; font-size: 1.1rem; }
.st-key-class-join-now button { width: 100%; }
.st-key-class-count p { font-size: 1.2rem; }
:is(.st-key-answer-near, .st-key-answer-none) { --mark: #8a8d94; }
.st-key-class-unsaid [data-testid="stSlider"] {
  opacity: 0.6;
}
.st-key-class-lobby { padding-top: 2vh; text-align: center; }
.st-key-class-ask { animation: 0.8s settle; }
@keyframes settle { from, to { pointer-events: none; } }
@media (max-width: 640px) {
  [data-testid="stMainBlockContainer"]:has(.st-key-class-instructor) {
    padding: 0.9rem 1rem 3rem;
  }
}
.st-key-class-lobby .class-code { font-size: 6rem; }
"""

_PROJECTOR = """
html { font-size: 20px; }
.st-key-class-choices li { font-size: 1.15rem; line-height: 1.6; list-style: none; }
.st-key-class-large [class*="-question"] p { font-size: 1.72rem; line-height: 1.5; }
.st-key-class-large li { font-size: 1.72rem; line-height: 1.6; }
.st-key-class-told p { font-size: 1.6rem; line-height: 1.3; font-weight: 600; }
.st-key-class-lobby p:not(.class-code) { font-size: 1.6rem; line-height: 1.3; text-align: center; }
.st-key-class-corner .class-code { font-size: 1.9rem; }
.st-key-class-corner, .st-key-class-corner > *, .st-key-class-corner p {
  align-items: center; text-align: center; }
.st-key-class-blank { pointer-events: none; zoom: 1.4; }
.st-key-class-said-of-it p { margin-bottom: 0.4rem; font-size: 0.85rem; line-height: 1.3; }
.st-key-class-corner { gap: 0.5rem; padding-right: 1.5rem; }
@media (min-width: 1600px) { html { font-size: 26px; } }
"""


def apply_class_style(*, is_projected: bool) -> None:
    """Send the rules, as one element."""
    st.html(f"<style>{_ROOM}{_PROJECTOR if is_projected else ''}</style>")

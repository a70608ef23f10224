"""The little that Streamlit's own theme options cannot say."""

import streamlit as st

from .layout import size_of_type

# Streamlit draws an empty radio button with a contrast of at most 1.5. What is only loaded takes
# no room and is not read aloud. The meaning of a term lies below its line, as wide as the paragraph
# at most: it cannot run out of the screen. A box that cannot be emptied need not say "(required)".
# Options share the border between them, and where their row is broken it is nobody's. A slider is
# higher than options beside it, and would carry its label above theirs. The shortcut on a red
# button shines through, with a contrast of 3.
_ALWAYS = """
[data-testid="stPageLink-NavLink"] { height: auto; }
[data-testid="stPageLink-NavLink"] :is(span, p) { white-space: normal; overflow: visible; }
.figure-title { font-family: "Source Serif", serif; font-weight: 600; margin: 0.4rem 0 0; }
[data-testid="stRadioOption"]:not(:has(:checked)) > div > div:first-child {
  border-color: color-mix(in srgb, currentColor 65%, transparent);
}
:has(> .st-key-above > :only-child > .st-key-preload), :has(> .st-key-preload) {
  position: absolute;
  width: 1px;
  height: 1px;
  overflow: clip;
  visibility: hidden;
}
[data-testid="stWidgetLabelRequired"] { display: none; }
[data-testid^="stBaseButton-primary"] kbd { opacity: 1; }
[data-variant="segmented_control"]:not([data-selected]) { border-color: #e2dccf !important; }
[data-variant="segmented_control"][data-selected] { position: relative; }
[class*="st-key-controls-"]:has([data-testid="stButtonGroup"]) [data-testid="stSlider"] {
  margin-bottom: -8px;
}
.term {
  font-style: inherit;
  text-decoration: underline dotted 1.5px;
  text-underline-offset: 0.2em;
  cursor: help;
}
:is(p, li):has(> .term, > * > .term) { position: relative; }
.term:is(:hover, :focus)::after {
  content: attr(aria-description);
  position: absolute;
  z-index: 10;
  inset-inline: 0;
  display: block;
  max-width: 28rem;
  padding: 0.5rem 0.75rem;
  border: 1px solid #e2dccf;
  border-radius: 6px;
  background: #f3efe7;
  color: #14161b;
  font: 400 0.9rem/1.45 "Source Sans", sans-serif;
  box-shadow: 0 4px 16px rgb(0 0 0 / 18%);
}
.st-key-qr-large [data-testid="stImage"] {
  width: min(100%, calc(100vh - 17rem));
  margin-inline: auto;
}
.st-key-qr-large [data-testid="stText"] {
  font-size: clamp(1rem, 2.6vw, 2rem);
  line-height: 1.4;
  white-space: pre-wrap;
  overflow-wrap: anywhere;
  text-align: center;
}
"""

# White on the light red of the dark theme has a contrast of 3, and the dark red of what is open
# one of 2.7 on its ground.
_DARK = """
[data-testid="stPopoverButton"][kind="tertiary"][aria-expanded="true"] { color: #e0777b; }
[data-testid="stBaseButton-primary"], [data-testid="stBaseButton-primaryFormSubmit"],
[data-testid="stMultiSelect"] [data-tag], [data-testid="stMultiSelect"] [data-tag] * {
  color: #16181c;
}
[data-variant="segmented_control"]:not([data-selected]) { border-color: #33373e !important; }
.term:is(:hover, :focus)::after { border-color: #33373e; background: #1f2227; color: #e9e6df; }
"""

# While a page is computed a line runs along its top. What Streamlit shows instead would lie on the
# way on, which stays as it is and can be used: whatever a learner does next stops the work.
_WORKING = """
[data-testid="stStatusWidget"] {
  position: fixed;
  inset: 0 0 auto;
  height: 3px;
  background: linear-gradient(90deg, transparent, #b2343a, transparent) 0 0 / 40% 100% no-repeat;
  animation: working 1.4s linear infinite;
}
[data-testid="stStatusWidget"] > * { display: none; }
@keyframes working {
  from { background-position: -70% 0; }
  to { background-position: 170% 0; }
}
"""

# The room goes to the figure: one row of header beside Streamlit's menu, which lets clicks pass.
# A learner hears the arrows' names; their shortcuts appear where a mouse points at them.
_LESSON = """
[data-testid="stMainBlockContainer"]:has(
  :is(.st-key-lesson-bar, .st-key-lab, .st-key-practice, .st-key-critic)
) {
  max-width: 1480px;
  padding: 0.75rem 2.25rem 2rem;
}
[data-testid="stMain"]:has(.st-key-lesson-bar) { scroll-padding-top: 1rem; }
[data-testid="stHeader"], [data-testid="stToolbar"] { background: none; pointer-events: none; }
[data-testid="stHeader"] button { pointer-events: auto; }
.st-key-lesson-bar [data-stale="true"] { opacity: 1; }
.st-key-lesson-bar { column-gap: 0.9rem; row-gap: 0; padding-right: 1rem; }
.st-key-lesson-bar > :nth-child(2) { margin-right: auto; }
[data-testid="stApp"]:has([data-testid="stExpandSidebarButton"]) .st-key-lesson-bar {
  padding-left: 1.9rem;
}
:is(.st-key-previous, .st-key-next) button { position: relative; padding-inline: 0.3rem; }
:is(.st-key-previous, .st-key-next) button * { gap: 0; }
:is(.st-key-previous, .st-key-next, .st-key-to-the-class) p {
  position: absolute;
  width: 1px;
  height: 1px;
  overflow: clip;
  clip-path: inset(50%);
}
@media (max-width: 1380px) {
  :is(.st-key-keep, .st-key-share, .st-key-present) button p {
    position: absolute;
    width: 1px;
    height: 1px;
    overflow: clip;
    clip-path: inset(50%);
  }
  :is(.st-key-keep, .st-key-share) button > div > [aria-hidden] { display: none; }
}
.st-key-class-on-stage p { font-size: 0.85rem; white-space: nowrap; }
.st-key-lesson-bar kbd { display: none; }
@media (hover: none) { :is(.st-key-practice-next, .st-key-cards-page) kbd { display: none; } }
@media (hover: hover) {
  .st-key-lesson-bar button:is(:hover, :focus-visible) kbd {
    display: block;
    position: absolute;
    z-index: 10;
    top: 90%;
    right: 0;
    white-space: nowrap;
  }
}
.st-key-step p { max-width: 70ch; }
.st-key-step h2 { padding-top: 0; }
.st-key-exhibit [data-testid="stTabPanel"] { padding-top: 0.4rem; }
[data-testid="stSidebarContent"] { padding-inline: 0; }
[data-testid="stSidebarUserContent"] { padding-inline: 0.4rem; }
.st-key-talk-proposal [data-variant="segmented_control"] { height: 2.5rem; }
.st-key-waiting {
  border: 1px dashed color-mix(in srgb, currentColor 25%, transparent);
  border-radius: 6px;
}
.st-key-practice [data-testid="InputInstructions"] { display: none; }
.st-key-lab-remarks [data-testid="stPageLink"] * { white-space: normal; }
.st-key-lab-change [data-testid="stCheckbox"] :is(label, label *) { white-space: normal; }
[class*="st-key-lab-tweak-"] { row-gap: 0; }
.st-key-lab-beware {
  padding: 0.4rem 0.9rem;
  border-left: 3px solid #b26a12;
  background: color-mix(in srgb, #b26a12 8%, transparent);
}
[class*="st-key-verdict"] summary, [class*="st-key-verdict"] summary * { opacity: 1; }
[class*="st-key-verdict"] summary { color: inherit; }
[class*="-written"] textarea { font: 400 1rem/1.5 "Source Code Pro", monospace; }
[class*="-written"] [data-testid="stMarkdown"] :is(p, code) { font-size: 0.85rem; }
[class*="st-key-answer-"] {
  --mark: #1c6b3f;
  padding: 0.55rem 0.9rem;
  border-left: 3px solid var(--mark);
  background: color-mix(in srgb, var(--mark) 8%, transparent);
}
.st-key-answer-wrong { --mark: #b26a12; }
dl.readings { display: flex; flex-wrap: wrap; gap: 0.2rem 2.2rem; }
.st-key-standing :is(dl.readings, dl.readings > *, dl.readings dd) { margin: 0; padding: 0; }
.readings > div { display: flex; flex-direction: column-reverse; }
.readings dt { font-size: 0.85rem; line-height: 1.3; opacity: 0.75; }
.readings dd {
  margin: 0;
  font: 600 1.75rem/1.15 "Source Serif", serif;
  font-variant-numeric: lining-nums tabular-nums;
}
.readings .nothing { font: 400 1rem/2 "Source Sans", sans-serif; opacity: 0.75; }
.readings .was { font: 400 0.85rem "Source Sans", sans-serif; color: #2a5f8f; }
.st-key-done, .st-key-done-before, .st-key-not-yet {
  --mark: #1c6b3f;
  padding: 0.55rem 0.9rem;
  border-left: 3px solid var(--mark);
  background: color-mix(in srgb, var(--mark) 8%, transparent);
}
.st-key-done-before { --mark: #5c5f66; }
.st-key-not-yet { --mark: #b26a12; }
:is(.st-key-done, .st-key-done-before, .st-key-not-yet) > :first-child {
  flex: 1 1 14rem;
  min-width: 0;
}
:is(.st-key-done, .st-key-done-before, .st-key-not-yet) p:not(:last-child) {
  margin-bottom: 0.3rem;
}
"""

_LESSON_DARK = """
.readings .nothing { font: 400 1rem/2 "Source Sans", sans-serif; opacity: 0.75; }
.readings .was { color: #8fb8de; }
:is(.st-key-done, .st-key-answer-right) { --mark: #7fcf9f; }
.st-key-done-before { --mark: #a9aab0; }
:is(.st-key-not-yet, .st-key-answer-wrong) { --mark: #e7b06b; }
"""

# On a phone the parts of a step follow each other in one column: once there is a figure, what
# moves with the hand stands together, and prose that was read before a prediction comes last. In
# the Lab what is looked at is chosen first, and what is seldom changed about it comes last. Lines
# are written under the task that they are for, and what is said of them stands under them. The
# header takes a row of its own: scrolled, its buttons would lie on what is read.
_PHONE = """
@media (max-width: 640px) {
  [data-testid="stHeader"] { height: 2.6rem; min-height: 0; background: #fcfaf6; }
  [data-testid="stMainBlockContainer"]:has(
    :is(.st-key-lesson-bar, .st-key-lab, .st-key-practice, .st-key-critic)
  ) {
    padding: 2.7rem 1rem 2rem;
  }
  [data-testid="stMain"]:has(.st-key-lesson-bar) { scroll-padding-top: 3rem; }
  [data-testid="stApp"] .st-key-lesson-bar.st-key-lesson-bar {
    column-gap: 0.5rem;
    padding-inline: 0;
  }
  .st-key-lesson-bar > :first-child { flex: 1 1 5rem; min-width: 0; }
  .st-key-lesson-bar > :nth-child(2) { order: 1; flex: 1 0 100%; }
  .st-key-present { display: none; }
  [data-testid="stPageLink-NavLink"] { min-height: 44px; }
  .st-key-step:has(:is(.st-key-exhibit-bar, .st-key-lab)) {
    & [data-testid="stHorizontalBlock"]:has(> [data-testid="stColumn"] .st-key-lesson-text) {
      display: flex;
      flex-direction: column;
      gap: 0.9rem;
    }
    & [data-testid="stColumn"]:is(:has(.st-key-lesson-text), :has(.st-key-exhibit)),
    & [data-testid="stColumn"]:is(:has(.st-key-lesson-text), :has(.st-key-exhibit)) > div,
    & :has(> :is(.st-key-lesson-text, .st-key-exhibit, .st-key-standing)),
    & :is(.st-key-lesson-text, .st-key-exhibit, .st-key-standing) { display: contents; }
    & .st-key-lesson-text > * { order: 1; }
    & .st-key-lesson-text > :has(> .st-key-prose-read) { order: 7; }
    & .st-key-lesson-text > :has(> :is(.st-key-lab-question, .st-key-lab-remarks)) { order: 5; }
    & .st-key-lesson-text > :has(> .st-key-lab-ways) { order: 7; }
    &:has(.st-key-lab) .st-key-standing > *, & .st-key-standing > :has(.readings) { order: 2; }
    & .st-key-exhibit > .st-key-view { order: 3; }
    & .st-key-standing > :has(> [class*="st-key-done"], > .st-key-not-yet) { order: 4; }
    & :has(> .st-key-controls) { order: 5; }
    & .st-key-exhibit > * { order: 6; }
    &:has(.st-key-lab) :has(> .st-key-controls) { order: 1; }
    &:has([class*="-written"]) :is(
      :has(> .st-key-controls),
      .st-key-standing > :has(> [class*="st-key-done"], > .st-key-not-yet)
    ) { order: 1; }
  }
  .st-key-lab-head > :first-child { flex: 1 1 0; min-width: 0; }
}
"""

_PHONE_DARK = """
@media (max-width: 640px) {
  [data-testid="stHeader"] { background: #16181c; }
}
"""

# Large type for a projector, and no sidebar: what is said and what is seen on one screen, and what
# is set in one row at its foot. Lines to write say beside them what they may use, and by their
# place what they are: with their label above them they would lie on the figure. Readings keep to
# their row: what they were before would push the figure down as soon as something is set. The
# question is asked again small, so that the task stands below it.
_PRESENTATION = """
html { font-size: 20px; }
[data-testid="stSidebar"], [data-testid="stExpandSidebarButton"] { display: none; }
[data-testid="stMainBlockContainer"]:has(.st-key-lesson-bar) {
  max-width: none;
  padding: 0.5rem 1.8rem 6rem;
}
.st-key-lesson-text:has(> * > :is(.st-key-task, [class*="st-key-verdict"])) >
  :has(> [class*="st-key-prose"]) { order: 1; }
:has(> .st-key-controls):not(:has(.stBidiComponent)) { display: contents; }
.st-key-exhibit [data-testid="stTab"] { height: 2rem; }
.st-key-bare { padding-top: 2.4rem; }
.st-key-step p code { display: inline-block; max-width: 100%; }
.st-key-exhibit .figure-title { margin: 0; line-height: 1.2; }
dl.readings { column-gap: 1.2rem; }
.readings > div { flex-direction: row-reverse; align-items: baseline; gap: 0.4rem; }
.readings dt { font-size: 0.75rem; }
.readings dd { font-size: 1.4rem; }
.readings .was { display: none; }
[class*="st-key-verdict"] summary p { font-size: 1.2rem; line-height: 1.3; }
[class*="st-key-verdict"] :is(p, li) + p { font-size: 0.8rem; line-height: 1.4; }
.st-key-task { padding: 0.5rem 0.8rem; row-gap: 0.4rem; }
.st-key-controls [class*="-written"] textarea { font-size: 1.1rem; line-height: 1.3; }
.st-key-exhibit [data-testid="stImage"] img { width: auto; max-width: 100%; max-height: 350px; }
.st-key-prediction [data-testid="stRadioOption"] p { font-size: 1.15rem; line-height: 1.6; }
.st-key-controls:not(:has(.stBidiComponent)) {
  position: fixed;
  z-index: 100;
  inset: auto 0 0;
  zoom: 0.72;
  max-height: 35vh;
  overflow: auto;
  padding: 0.5rem 1.25rem 0.8rem;
  border-top: 1px solid color-mix(in srgb, currentColor 20%, transparent);
  background: #fcfaf6;
}
.st-key-controls [class*="-written"] { flex-direction: row; align-items: center; }
.st-key-controls [class*="-written"] > * { flex: 1 1 0; min-width: 0; }
.st-key-controls [class*="-written"] > :not(:has(textarea)) > * { flex-wrap: nowrap; }
.st-key-controls [class*="-written"] [data-testid="stTextArea"] label {
  position: absolute;
  width: 1px;
  min-height: 0;
  height: 1px;
  overflow: clip;
  clip-path: inset(50%);
}
.st-key-lesson-bar.st-key-lesson-bar { column-gap: 0.3rem; }
@media (max-width: 1380px) {
  .st-key-lesson-bar:has(.st-key-ask-the-class, .st-key-class-on-stage) > :first-child {
    display: none;
  }
  .st-key-lesson-bar :is(.st-key-ask-the-class, .st-key-to-the-class) p {
    position: absolute;
    width: 1px;
    height: 1px;
    overflow: clip;
    clip-path: inset(50%);
  }
}
@media (min-width: 1600px) {
  html { font-size: 24px; }
  .st-key-controls:not(:has(.stBidiComponent)) { zoom: 0.85; }
}
"""

_PRESENTATION_DARK = """
.st-key-controls:not(:has(.stBidiComponent)) { background: #16181c; }
"""


def _typeset(size: float) -> str:
    """What is read from afar, as large as the presenter makes it; the browser may be ahead of it.

    What stands around a figure keeps its size, so that all of the figure stays on the screen.
    """
    return f"""
.st-key-lesson-text, .st-key-prediction {{
  zoom: min(var(--stage-size, {size:g}), var(--stage-fit, 9));
}}
.st-key-curtain {{ zoom: calc(1 / var(--stage-size, {size:g})); }}
"""


def apply_style(*, presenting: bool) -> None:
    """Send the rules, as one element."""
    is_dark = st.context.theme.type == "dark"
    rules = _ALWAYS + _WORKING + _LESSON + (_DARK + _LESSON_DARK if is_dark else "")
    if presenting:
        rules += _typeset(size_of_type()) + _PRESENTATION + (_PRESENTATION_DARK if is_dark else "")
    else:
        rules += _PHONE + (_PHONE_DARK if is_dark else "")
    st.html(f"<style>{rules}</style>")

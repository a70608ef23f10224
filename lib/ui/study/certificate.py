"""The certificate: made from one's progress, and checked by who is shown one."""

from datetime import UTC, datetime

import streamlit as st

from ...course import Course
from ...course.spelling import harmless
from ...study.certificate import (
    LONGEST_NAME,
    SELF_REPORTED,
    VOUCHED,
    Certificate,
    certificate,
    check,
    check_code,
)
from ...study.certificate_page import certificate_pdf
from ..host import setting
from ..session import progress_of


def show_certificate(course: Course) -> None:
    """Offer it under the name that is typed, and, where this host can, check one."""
    with st.container(width=760, key="certificate"):
        _show_certificate(course)


def _show_certificate(course: Course) -> None:
    st.markdown("### A certificate", anchors=False)
    st.markdown(
        "One page that says what you did: steps, quizzes, practice and dates, and how much help "
        "you had. It names you as you type it, and nothing else."
    )
    secret = setting("certificate_secret")
    if not secret:
        st.caption(SELF_REPORTED)
    name = st.text_input("Your name, as it shall stand there", max_chars=LONGEST_NAME, key="name")
    if name:
        _offer(course, name, secret)
    if secret:
        _check(secret)


def _offer(course: Course, name: str, secret: str) -> None:
    try:
        issued = certificate(course, progress_of(course), name, datetime.now(UTC).date())
    except ValueError as error:
        st.markdown(f":orange[{error}]")
        return
    if not issued.rows:
        st.markdown(":orange[There is nothing to certify yet: pass a step first.]")
        return
    code = check_code(issued, secret) if secret else ""
    st.download_button(
        "Download the certificate, PDF",
        lambda: certificate_pdf(issued, code),
        f"{course.slug}-certificate.pdf",
        "application/pdf",
        key="download-certificate",
        icon=":material/download:",
        on_click="ignore",
    )


def _check(secret: str) -> None:
    with st.expander("Check a certificate of this page", key="check-certificate"):
        code = st.text_area("Its check code", key="check-code", max_chars=4000)
        if not code.strip():
            return
        issued = check(code, secret)
        if issued is None:
            st.markdown(":red[**This page has not issued that code,**] or a letter of it is lost.")
        else:
            st.markdown(f":green[**Issued here.**] {VOUCHED}")
            _show(issued)


def _show(issued: Certificate) -> None:
    lines = [f"**{harmless(issued.name)}**, {issued.first} to {issued.last}"]
    lines += [f"- {harmless(row.lesson)}: {row.words}" for row in issued.rows]
    st.markdown("\n".join(lines))

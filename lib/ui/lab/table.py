"""Which table: one of the course's, a file, a text that was pasted; and how it was read."""

from collections.abc import Mapping
from dataclasses import replace

import streamlit as st

from ...course.spelling import as_name, harmless
from ...tables import LIMITS, Note, Reading, Refused, Sheet, paste, read
from ..failing import guarded
from .address import OWN_NAME
from .state import (
    Bundled,
    Chosen,
    Own,
    choose_table,
    is_own_asked_for,
    own,
    read_anew,
    table_in_address,
    use_own,
)
from .stored import say_what_is_there, stored_tables, title

_FILE, _PASTED, _REFUSED, _TAKEN = "lab-file", "lab-pasted", "lab-refused", "lab-taken"
_OTHERWISE = _DELIMITER, _ENCODING, _HEADER = "lab-delimiter", "lab-encoding", "lab-header"
_TYPES = ["csv", "tsv", "txt", "xlsx", "xls", "xlsm", "ods", "parquet"]
_FOUND_OUT = "found out"
_ASKED_FOR = "Choose a file or paste a table. Until then you see a table of the course."
_DELIMITERS = {_FOUND_OUT: None, "comma": ",", "semicolon": ";", "tab": "\t", "bar": "|"}
_ENCODINGS = {_FOUND_OUT: None, "UTF-8": "utf-8", "Windows": "cp1252", "UTF-16": "utf-16"}


def choose(tables: Mapping[str, Bundled]) -> None:
    """The way to another table."""
    stored = stored_tables()
    options = [*([OWN_NAME] if own() is not None else []), *stored, *tables]
    titles = {name: _title(name, tables) for name in options if name not in stored}
    titles |= {name: title(table) for name, table in stored.items()}
    now = table_in_address(tables)
    key = "lab-table"
    st.session_state[key] = now

    def turn() -> None:
        choose_table(st.session_state[key])

    st.selectbox(
        "Table",
        options,
        format_func=titles.__getitem__,
        key=key,
        on_change=guarded(turn),
        required=True,
    )
    say_what_is_there()
    is_asked_for = is_own_asked_for()
    # Another key is another box, which is closed: what was found is seen at once.
    taken = st.session_state.get(_TAKEN, 0)
    with st.expander(
        "A table of your own", is_asked_for, icon=":material/upload_file:", key=f"lab-own-{taken}"
    ):
        if is_asked_for:
            st.markdown(_ASKED_FOR)
        _take_own()


def _title(name: str, tables: Mapping[str, Bundled]) -> str:
    if name in tables:
        return tables[name].about.title
    table = own()
    return "Your table" if table is None else f"Your table: {table.sheet.name}"


def _take_own() -> None:
    st.file_uploader(
        "A file: CSV, Excel or Parquet",
        type=_TYPES,
        key=_FILE,
        max_upload_size=LIMITS.bytes // 1_000_000,
        on_change=guarded(_read_file),
    )
    st.text_area(
        "Or paste a table, with the names of its columns in the first row",
        key=_PASTED,
        height=100,
        placeholder="name, size\nAda, 1.5\nBo, 2.25",
    )
    st.button("Use what is pasted", key="lab-use-pasted", on_click=guarded(_read_pasted))
    _say_refusal()
    st.caption(
        "It stays in the memory of this session and is gone with it: nothing is stored, and "
        "nobody else sees it. Reload the page and it has to be loaded again."
    )


def _read_file() -> None:
    file = st.session_state[_FILE]
    if file is not None:
        _take(file.getvalue(), file.name)


def _read_pasted() -> None:
    text = st.session_state[_PASTED]
    try:
        _use(text.encode("utf-8", errors="replace"), paste(text))
    except Refused as refused:
        st.session_state[_REFUSED] = (str(refused), None)


def _take(data: bytes, name: str, reading: Reading | None = None) -> None:
    try:
        _use(data, read(data, name, reading=reading))
    except Refused as refused:
        way_out = None if refused.way_out is None else (data, name, refused.way_out)
        st.session_state[_REFUSED] = (str(refused), way_out)


def _use(data: bytes, sheet: Sheet) -> None:
    """Look at this table; what was said of another does not hold for it."""
    use_own(data, sheet)
    st.session_state[_TAKEN] = st.session_state.get(_TAKEN, 0) + 1
    for key in (_REFUSED, *_OTHERWISE):
        st.session_state.pop(key, None)


def _say_refusal() -> None:
    words, way_out = st.session_state.get(_REFUSED, ("", None))
    if words:
        st.error(harmless(words))
    if way_out is not None:
        is_sample = way_out[-1].sample is not None
        label = "Take the sample" if is_sample else "Read it so"
        st.button(label, key="lab-way-out", on_click=guarded(_take), args=way_out)


def say_how_read(chosen: Chosen) -> None:
    """What was guessed while it was read; what could go two ways is asked."""
    for refusal in chosen.refused:
        st.warning(harmless(refusal))
    for number, note in enumerate(chosen.read.notes):
        if note.question and chosen.own is not None:
            _ask(note, number, chosen.own)
        elif note.question:
            st.caption(harmless(note.words))
    said = [note for note in chosen.read.notes if not note.question]
    if said:
        with st.expander(f"How it was read: {len(said)} {'note' if len(said) == 1 else 'notes'}"):
            st.markdown("\n".join(f"- {harmless(note.words)}" for note in said))
    if chosen.own is not None and chosen.base.reading.form == "text":
        _overrule(chosen.own)


def _ask(note: Note, number: int, table: Own) -> None:
    key = f"lab-question-{number}"

    def answer() -> None:
        choice = st.session_state[key]
        # The next question may stand in this one's place.
        st.session_state[key] = None
        if choice is not None:
            _read_otherwise(table, table.sheet.answered(note, choice))

    st.radio(
        harmless(note.words),
        note.choices,
        index=None,
        key=key,
        format_func=as_name,
        horizontal=True,
        on_change=guarded(answer),
    )


def _read_otherwise(table: Own, reading: Reading) -> None:
    try:
        read_anew(read(table.data, table.sheet.reading.path, reading=reading))
        st.session_state.pop(_REFUSED, None)
    except Refused as refused:
        st.session_state[_REFUSED] = (str(refused), None)


def _overrule(table: Own) -> None:
    """Another delimiter, encoding or header than was found out."""
    asked = table.sheet.asked
    with st.expander("Read it otherwise", key="lab-otherwise"):
        delimiter = _chosen("Between columns", _DELIMITERS, asked.delimiter, _DELIMITER)
        encoding = _chosen("Encoding", _ENCODINGS, asked.encoding, _ENCODING)
        header = st.number_input(
            "The names of the columns stand in line (0: found out)",
            0,
            1000,
            asked.header[0] + 1 if asked.header else 0,
            key=_HEADER,
        )
        wanted = replace(
            asked,
            delimiter=delimiter,
            encoding=encoding,
            header=(int(header) - 1,) if header else None,
            skipped=tuple(range(int(header) - 1)) if header else None,
        )
        st.button(
            "Read it so",
            key="lab-read-so",
            disabled=wanted == asked,
            on_click=guarded(_read_otherwise),
            args=(table, wanted),
        )


def _chosen(label: str, options: Mapping[str, str | None], now: str | None, key: str) -> str | None:
    names = list(options)
    index = next((place for place, value in enumerate(options.values()) if value == now), 0)
    return options[st.selectbox(label, names, index, key=key, required=True)]

"""Small tables as people have them, each a kind of trouble that somebody reported."""

import codecs
import re
from dataclasses import dataclass

from lib.tables import Sheet

LETTER = re.compile(r"[^\W\d_]")


@dataclass(frozen=True)
class Messy:
    """Bytes, and what is right: the cells of each column, the kinds, what is asked and said.

    A column's cells are as many as its rows; None is a missing one. `asks` and `says` are
    regular expressions that a question, or a note, has to match; "" asks nothing. `refuses`
    matches the refusal.
    """

    what: str
    data: bytes
    cells: dict[str, list[object]] | None = None
    kinds: str = ""
    asks: str = ""
    says: str = ""
    refuses: str = ""
    may_ask: bool = False


def digits_in_silence(sheet: Sheet) -> list[str]:
    """The columns of words of which most are digits and signs, where no note says so."""
    said = {note.column for note in sheet.notes}
    found = []
    for name in sheet.of_kind("category", "ordered", "identifier"):
        levels = [str(level) for level in sheet.frame[name].dropna().unique()]
        digits = [level for level in levels if re.search(r"\d", level) and not LETTER.search(level)]
        if 2 * len(digits) >= len(levels) and name not in said:
            found.append(name)
    return found


def utf8(text: str) -> bytes:
    return text.encode("utf-8")


NAN = None
MESSY = [
    Messy("an empty file", b"", refuses="empty"),
    Messy("white space alone", b"\n\n  \n", refuses="empty"),
    Messy("names and no rows", b"a,b,c\n", refuses="rows"),
    Messy(
        "one column",
        b"height\n12\n14\n9\n",
        {"height": [12, 14, 9]},
        "number",
    ),
    Messy(
        "UTF-16 with its mark, tabs (Excel's Unicode text)",
        codecs.BOM_UTF16_LE + "name\tgröße\r\nÅsa\t3\r\nBo\t4\r\nÇa\t5\r\n".encode("utf-16-le"),
        {"name": ["Åsa", "Bo", "Ça"], "größe": [3, 4, 5]},
        "category number",
        says="UTF-16",
    ),
    Messy(
        "UTF-16 without its mark",
        "a,b\n1,x\n2,y\n3,x\n".encode("utf-16-be"),
        {"a": [1, 2, 3], "b": ["x", "y", "x"]},
        "number category",
    ),
    Messy(
        "Cyrillic in Windows-1251",
        "город;жители\nМосква;12\nТверь;4\nКазань;7\n".encode("cp1251"),
        {"город": ["Москва", "Тверь", "Казань"], "жители": [12, 4, 7]},
        "category number",
        says="Cyrillic",
    ),
    Messy(
        "Czech in Windows-1250",
        "obec;škola\nŽďár;3\nPříbram;4\nČeský Těšín;9\nKroměříž;2\n".encode("cp1250"),
        {"obec": ["Žďár", "Příbram", "Český Těšín", "Kroměříž"], "škola": [3, 4, 9, 2]},
        "category number",
        says="Central",
    ),
    Messy(
        "Japanese in Shift JIS",
        "都市,人口\n東京,12\n大阪,8\nさいたま,3\n".encode("shift-jis"),
        {"都市": ["東京", "大阪", "さいたま"], "人口": [12, 8, 3]},
        "category number",
        says="Shift JIS",
    ),
    Messy(
        "Chinese in GB 18030",
        "城市,人口\n北京,12\n上海,8\n广州,3\n".encode("gb18030"),
        {"城市": ["北京", "上海", "广州"], "人口": [12, 8, 3]},
        "category number",
        says="Chinese",
    ),
    Messy(
        "Mac Roman",
        "café,n\ncrème,1\npâté,2\nmaïs,4\nüber,3\n".encode("mac-roman"),
        {"café": ["crème", "pâté", "maïs", "über"], "n": [1, 2, 4, 3]},
        "category number",
        says="Mac",
    ),
    Messy(
        "two encodings in one file",
        utf8("name,n\nJosé,1\n") + "André,2\n".encode("cp1252") + utf8("Zoë,3\n"),
        {"name": ["José", "André", "Zoë"], "n": [1, 2, 3]},
        "category number",
        says="two encodings",
    ),
    Messy(
        "line ends of an old Mac",
        b"a,b\r1,x\r2,y\r3,x\r",
        {"a": [1, 2, 3], "b": ["x", "y", "x"]},
        "number category",
    ),
    Messy(
        "Excel's line that states the delimiter",
        b"sep=;\r\na;b\r\n1;x\r\n2;y\r\n3;x\r\n",
        {"a": [1, 2, 3], "b": ["x", "y", "x"]},
        "number category",
    ),
    Messy(
        "upright strokes between cells",
        b"a|b|c\n1|x, or y|2.5\n2|z|3.5\n3|x, or y|4.5\n",
        {"a": [1, 2, 3], "b": ["x, or y", "z", "x, or y"], "c": [2.5, 3.5, 4.5]},
        "number category number",
    ),
    Messy(
        "a table of Markdown",
        b"| a | b |\n|---|:-:|\n| 1 | x |\n| 2 | y |\n| 3 | x |\n",
        {"a": [1, 2, 3], "b": ["x", "y", "x"]},
        "number category",
        says="empty",
    ),
    Messy(
        "columns aligned by blanks",
        b"  year   rain  site\n  1990   12.5  north\n  1991    9.0  south\n  1992  101.5  north\n",
        {
            "year": [1990, 1991, 1992],
            "rain": [12.5, 9.0, 101.5],
            "site": ["north", "south", "north"],
        },
        "number number category",
    ),
    Messy(
        "blanks within cells, two and more between them",
        b"city       rain  wind\nNew York   12.5  3\nSan Jose    9.0  4\nSan Diego  101.5  5\n",
        {
            "city": ["New York", "San Jose", "San Diego"],
            "rain": [12.5, 9.0, 101.5],
            "wind": [3, 4, 5],
        },
        "category number number",
    ),
    Messy(
        "single quotation marks around cells",
        b"a,b\n1,'x, or y'\n2,'z'\n3,'x, or y'\n",
        {"a": [1, 2, 3], "b": ["x, or y", "z", "x, or y"]},
        "number category",
    ),
    Messy(
        "backslashes before quotation marks",
        b'a,b\n1,"say \\"hi\\", then"\n2,"plain, text"\n3,"say \\"hi\\", then"\n',
        {"a": [1, 2, 3], "b": ['say "hi", then', "plain, text", 'say "hi", then']},
        "number category",
    ),
    Messy(
        "inches and feet: quotation marks that are none",
        b'pipe,size,n\nA,5" wide,1\nB,6" wide,2\nC,5" wide,4\n',
        {"pipe": ["A", "B", "C"], "size": ['5" wide', '6" wide', '5" wide'], "n": [1, 2, 4]},
        "category category number",
    ),
    Messy(
        "two quotation marks that each swallow lines",
        b'a,b,c\nA,"one,1\nB,two,2\nC,three,3\nD,four,4\nE,five,5\nF,"six,6\nG,seven,7\n',
        refuses="quotation mark",
    ),
    Messy(
        "titles above the table, a blank line between",
        b"Rain in the north,,\nTable 3,,\n,,\nstation,mm,days\nA,12.5,3\nB,9.5,4\nC,7.5,6\n",
        {"station": ["A", "B", "C"], "mm": [12.5, 9.5, 7.5], "days": [3, 4, 6]},
        "category number number",
        says="above",
    ),
    Messy(
        "titles above without delimiters",
        b"Report of the year\nPrinted on Monday\n\nstation;mm;days\nA;12,5;3\nB;9,5;4\nC;7,5;6\n",
        {"station": ["A", "B", "C"], "mm": [12.5, 9.5, 7.5], "days": [3, 4, 6]},
        "category number number",
        says="above",
    ),
    Messy(
        "no header",
        b"1,x,2.5\n2,y,3.5\n3,x,4.5\n4,y,1.5\n",
        {
            "column 1": ["1", "2", "3", "4"],
            "column 2": ["x", "y", "x", "y"],
            "column 3": [2.5, 3.5, 4.5, 1.5],
        },
        "identifier category number",
        asks="header",
    ),
    Messy(
        "years as names",
        b"region,2019,2020,2021\nnorth,4,5,6\nsouth,7,8,9\neast,1,3,2\n",
        {
            "region": ["north", "south", "east"],
            "2019": [4, 7, 1],
            "2020": [5, 8, 3],
            "2021": [6, 9, 2],
        },
        "category number number number",
    ),
    Messy(
        "the header again in the middle (files put together)",
        b"a,b\n1,x\n2,y\na,b\n3,x\n4,y\n",
        {"a": [1, 2, 3, 4], "b": ["x", "y", "x", "y"]},
        "number category",
        says="once more",
    ),
    Messy(
        "a second table below",
        b"site,mm\nA,4\nB,5\nC,6\n\nname,age,town\nAda,36,Rome\nBo,41,Oslo\n",
        {"site": ["A", "B", "C"], "mm": [4, 5, 6]},
        "category number",
        says="second table",
    ),
    Messy(
        "each line ends with a delimiter, the header does not",
        b"a,b\n1,x,\n2,y,\n3,x,\n",
        {"a": [1, 2, 3], "b": ["x", "y", "x"]},
        "number category",
    ),
    Messy(
        "row names without a name (R)",
        b"mm days\nA 1.5 3\nB 2.5 4\nC 4.5 6\n",
        {"row": ["A", "B", "C"], "mm": [1.5, 2.5, 4.5], "days": [3, 4, 6]},
        "category number number",
        says="first column",
    ),
    Messy(
        "the index that pandas writes",
        b",a,b\n0,1.5,x\n1,2.5,y\n2,4.5,x\n3,0.5,x\n",
        {"column 1": ["0", "1", "2", "3"], "a": [1.5, 2.5, 4.5, 0.5], "b": ["x", "y", "x", "x"]},
        "identifier number category",
        says="no name",
    ),
    Messy(
        "two columns of one name",
        b"x,x,y\n1,2,a\n3,4,b\n5,6,a\n",
        {"x": [1, 3, 5], "x (2)": [2, 4, 6], "y": ["a", "b", "a"]},
        "number number category",
        says="same name",
    ),
    Messy(
        "a thousand or one and a bit, with a comma",
        b'shop,sold\nA,"1,234"\nB,"2,500"\nC,"9,120"\n',
        {"shop": ["A", "B", "C"], "sold": [1234, 2500, 9120]},
        "category number",
        asks="1,234",
    ),
    Messy(
        "a thousand or one and a bit, with a point",
        b"shop;sold\nA;1.234\nB;2.500\nC;9.120\n",
        {"shop": ["A", "B", "C"], "sold": [1.234, 2.5, 9.12]},
        "category number",
        asks="1.234",
    ),
    Messy(
        "points between thousands, told by another column's decimal comma",
        b"shop;sold;share\nA;1.234;0,5\nB;2.500;0,25\nC;9.120;0,125\n",
        {"shop": ["A", "B", "C"], "sold": [1234, 2500, 9120], "share": [0.5, 0.25, 0.125]},
        "category number number",
        asks="1.234 could be 1234 or 1.234",
    ),
    Messy(
        "points before decimals, told by a zero, beside another column's decimal comma",
        b"probe;konz;temp\nA;0.637;12,5\nB;0.270;13,1\nC;1.041;9,75\n",
        {"probe": ["A", "B", "C"], "konz": [0.637, 0.27, 1.041], "temp": [12.5, 13.1, 9.75]},
        "category number number",
    ),
    Messy(
        "points before decimals, told by a zero alone",
        b"probe;konz\nA;0.603\nB;1.270\nC;2.041\n",
        {"probe": ["A", "B", "C"], "konz": [0.603, 1.27, 2.041]},
        "category number",
    ),
    Messy(
        "points before decimals, told by a power of ten",
        b"probe;konz;temp\nA;1.234e-5;12,5\nB;3.500e2;13,1\nC;5.250e1;9,75\n",
        {"probe": ["A", "B", "C"], "konz": [1.234e-5, 350, 52.5], "temp": [12.5, 13.1, 9.75]},
        "category number number",
    ),
    Messy(
        "points before decimals, told by a limit that begins with 0",
        b"konz;temp\n<0.041;12,5\n1.234;13,1\n2.500;9,75\n3.500;8,5\n4.500;2,5\n",
        {"konz": [NAN, 1.234, 2.5, 3.5, 4.5], "temp": [12.5, 13.1, 9.75, 8.5, 2.5]},
        "number number",
        asks="^konz: <0.041 .* It is a limit and no value",
    ),
    Messy(
        "commas that stand between thousands where another column has decimal points",
        b's,sold,share\nA,"1,234",0.5\nB,"2,500",0.25\nC,"9,120",7.5\n',
        {"s": ["A", "B", "C"], "sold": [1234, 2500, 9120], "share": [0.5, 0.25, 7.5]},
        "category number number",
        asks="1,234 could be 1234 or 1.234",
    ),
    Messy(
        "groups of digits that begin with 0 are no thousands",
        b"s,dial\nA,012 345\nB,030 123 456\nC,012 345\n",
        {"s": ["A", "B", "C"], "dial": ["012 345", "030 123 456", "012 345"]},
        "category category",
        says="012 345 and 030 123 456 hold digits",
    ),
    Messy(
        "both marks, so no doubt",
        b"shop;sold\nA;1.234,5\nB;12.500,25\nC;9\n",
        {"shop": ["A", "B", "C"], "sold": [1234.5, 12500.25, 9]},
        "category number",
    ),
    Messy(
        "two ways in one column",
        b'shop,sold\nA,"1,234.5"\nB,"1.234,5"\nC,"2,000.1"\n',
        {"shop": ["A", "B", "C"], "sold": ["1,234.5", "1.234,5", "2,000.1"]},
        "category category",
        asks="decimal mark",
    ),
    Messy(
        "apostrophes between thousands (Swiss)",
        utf8("Ort;Betrag\nBern;1'204.50\nThun;12’000.00\nBiel;900.25\n"),
        {"Ort": ["Bern", "Thun", "Biel"], "Betrag": [1204.5, 12000, 900.25]},
        "category number",
    ),
    Messy(
        "lakhs",
        b'city,people\nA,"12,34,567"\nB,"3,45,678"\nC,"98,765"\n',
        {"city": ["A", "B", "C"], "people": [1234567, 345678, 98765]},
        "category number",
    ),
    Messy(
        "a minus that is none, and one behind",
        utf8("t,u\n−1.5,3-\n–2.5,4\n3,5-\n"),
        {"t": [-1.5, -2.5, 3], "u": [-3, 4, -5]},
        "number number",
    ),
    Messy(
        "euros behind the number",
        utf8("item;price\nA;12,50 €\nB;3,00 €\nC;1.200,00 €\n"),
        {"item": ["A", "B", "C"], "price": [12.5, 3, 1200]},
        "category number",
        says="€",
    ),
    Messy(
        "two currencies",
        utf8("item,price\nA,$12\nB,€3\nC,$7\nD,€4\n"),
        {"item": ["A", "B", "C", "D"], "price": ["$12", "€3", "$7", "€4"]},
        "category category",
        asks="units|currenc",
    ),
    Messy(
        "one unit in all cells",
        utf8("stone,mass\nA,12 kg\nB,3.5 kg\nC,7kg\n"),
        {"stone": ["A", "B", "C"], "mass": [12, 3.5, 7]},
        "category number",
        says="kg",
    ),
    Messy(
        "kilograms and grams",
        utf8("stone,mass\nA,12 kg\nB,350 g\nC,7 kg\nD,90 g\n"),
        {"stone": ["A", "B", "C", "D"], "mass": ["12 kg", "350 g", "7 kg", "90 g"]},
        "category category",
        asks="unit",
    ),
    Messy(
        "thousands and millions in letters",
        b"app,users\nA,1.2K\nB,3M\nC,950\nD,15K\n",
        {"app": ["A", "B", "C", "D"], "users": [1200, 3e6, 950, 15000]},
        "category number",
        says="thousands",
    ),
    Messy(
        "below the limit of detection",
        b"sample,lead\nA,0.5\nB,<0.1\nC,0.7\nD,1.5\nE,0.9\nF,2.5\nG,0.3\n",
        {"sample": list("ABCDEFG"), "lead": [0.5, NAN, 0.7, 1.5, 0.9, 2.5, 0.3]},
        "identifier number",
        asks="<0.1",
    ),
    Messy(
        "-999 for no value",
        b"day,rain\na,3.5\nb,-999\nc,0\nd,12.5\ne,-999\nf,4\n",
        {"day": list("abcdef"), "rain": [3.5, NAN, 0, 12.5, NAN, 4]},
        "identifier number",
        asks="-999",
    ),
    Messy(
        "errors of a spreadsheet",
        b"a,b\n1.5,#DIV/0!\n2.5,4\n#N/A,5\n3.5,7\n",
        {"a": [1.5, 2.5, NAN, 3.5], "b": [NAN, 4, 5, 7]},
        "number number",
        says="missing",
    ),
    Messy(
        "infinities and a number too large",
        b"a,b\n1.5,1e308\ninf,2\n-Infinity,1e309\n2.5,3\n3.5,4\n4.5,5\n5.5,6\n6.5,7\n7.5,8\n8.5,9\n9.5,1\n",
        {
            "a": [1.5, NAN, NAN, 2.5, 3.5, 4.5, 5.5, 6.5, 7.5, 8.5, 9.5],
            "b": [1e308, 2, NAN, 3, 4, 5, 6, 7, 8, 9, 1],
        },
        "number number",
        says="finite",
    ),
    Messy(
        "powers of ten of Fortran, and an infinity",
        b"x,n\n1e-5,1\n1d3,2\ninf,4\n",
        {"x": [1e-5, 1000, NAN], "n": [1, 2, 4]},
        "number number",
        says="D before an exponent means a power of ten",
    ),
    Messy(
        "more numbers than limits of detection, in ten rows",
        b"s,lead\na,<0.01\na,0.5\na,0.7\na,<0.02\nb,0.9\nb,1.1\nb,<0.05\nb,0.3\nb,0.6\nb,<0.01\n",
        {
            "s": list("aaaabbbbbb"),
            "lead": [NAN, 0.5, 0.7, NAN, 0.9, 1.1, NAN, 0.3, 0.6, NAN],
        },
        "category number",
        asks="<0.01.*limits",
    ),
    Messy(
        "NA as a level, and NA for no value",
        b"gene,dose\nwt,1\nNA,2\nko,NA\nwt,4\nko,5\n",
        {"gene": ["wt", NAN, "ko", "wt", "ko"], "dose": [1, 2, NAN, 4, 5]},
        "category number",
        asks="NA",
    ),
    Messy(
        "the day is beyond the 12th",
        b"on,n\n13/04/2024,1\n02/05/2024,2\n03/06/2024,3\n",
        {"on": ["2024-04-13", "2024-05-02", "2024-06-03"], "n": [1, 2, 3]},
        "date number",
        says="day comes first",
    ),
    Messy(
        "the month comes first",
        b"on,n\n04/13/2024,1\n05/02/2024,2\n06/03/2024,3\n",
        {"on": ["2024-04-13", "2024-05-02", "2024-06-03"], "n": [1, 2, 3]},
        "date number",
        says="month comes first",
    ),
    Messy(
        "dates with dots, of two digits",
        b"am;n\n13.04.24;1\n02.05.24;2\n03.06.99;3\n",
        {"am": ["2024-04-13", "2024-05-02", "1999-06-03"], "n": [1, 2, 3]},
        "date number",
        says="two digits",
    ),
    Messy(
        "dates in three ways",
        b'on,n\n2024-04-13,1\n2 May 2024,2\n"June 3, 2024",3\n2024-07-01,4\n',
        {"on": ["2024-04-13", "2024-05-02", "2024-06-03", "2024-07-01"], "n": [1, 2, 3, 4]},
        "date number",
        says="3 ways",
    ),
    Messy(
        "months in German",
        utf8("am;n\n3. März 2024;1\n5. Mai 2024;2\n7. Dezember 2023;3\n"),
        {"am": ["2024-03-03", "2024-05-05", "2023-12-07"], "n": [1, 2, 3]},
        "date number",
    ),
    Messy(
        "times with zones",
        b"at,n\n2024-03-31T01:30:00+01:00,1\n2024-03-31T03:30:00+02:00,2\n2024-03-31T12:00:00Z,3\n",
        {"at": ["2024-03-31 00:30", "2024-03-31 01:30", "2024-03-31 12:00"], "n": [1, 2, 3]},
        "date number",
        says="UTC",
    ),
    Messy(
        "morning and afternoon",
        b"at,n\n3/14/2024 9:05 AM,1\n3/15/2024 12:30 PM,2\n3/16/2024 11:59 PM,3\n",
        {"at": ["2024-03-14 09:05", "2024-03-15 12:30", "2024-03-16 23:59"], "n": [1, 2, 3]},
        "date number",
    ),
    Messy(
        "a year and a month, a quarter",
        b"month,quarter,n\n2024-01,2024 Q1,1\n2024-02,2024 Q2,2\n2024-11,2024 Q4,3\n",
        {
            "month": ["2024-01-01", "2024-02-01", "2024-11-01"],
            "quarter": ["2024-01-01", "2024-04-01", "2024-10-01"],
            "n": [1, 2, 3],
        },
        "date date number",
    ),
    Messy(
        "dates of eight digits",
        b"date,n,lot\n20240103,1,20230103\n20240215,2,20230215\n20240331,3,20230331\n",
        {
            "date": ["2024-01-03", "2024-02-15", "2024-03-31"],
            "n": [1, 2, 3],
            "lot": ["2023-01-03", "2023-02-15", "2023-03-31"],
        },
        "date number date",
        asks="lot: are numbers like 20230103 dates",
    ),
    Messy(
        "seconds since 1970",
        b"timestamp,n\n1700000000,1\n1700003600,2\n1700007200,3\n",
        {
            "timestamp": ["2023-11-14 22:13:20", "2023-11-14 23:13:20", "2023-11-15 00:13:20"],
            "n": [1, 2, 3],
        },
        "date number",
        says="1970",
    ),
    Messy(
        "days of a spreadsheet",
        b"date,n\n45292,1\n45293,2\n45325,3\n",
        {"date": ["2024-01-01", "2024-01-02", "2024-02-03"], "n": [1, 2, 3]},
        "date number",
        asks="date",
    ),
    Messy(
        "one day that is none",
        b"on,n\n2024-02-28,1\n2024-02-30,2\n2024-03-01,3\n2024-03-02,4\n2024-03-03,5\n2024-03-04,6\n",
        {
            "on": ["2024-02-28", NAN, "2024-03-01", "2024-03-02", "2024-03-03", "2024-03-04"],
            "n": [1, 2, 3, 4, 5, 6],
        },
        "date number",
        asks="2024-02-30",
    ),
    Messy(
        "genes and versions are no dates",
        b"gene,version,n\nSEPT2,1.2.3,1\nMARCH1,1.2.10,2\nDEC1,2.0.1,3\nSEPT2,1.2.3,4\n",
        {
            "gene": ["SEPT2", "MARCH1", "DEC1", "SEPT2"],
            "version": ["1.2.3", "1.2.10", "2.0.1", "1.2.3"],
            "n": [1, 2, 3, 4],
        },
        "category category number",
    ),
    Messy(
        "seasons are no months",
        b"season,n\n2009-10,1\n2010-11,2\n2011-12,3\n",
        {"season": ["2009-10", "2010-11", "2011-12"], "n": [1, 2, 3]},
        "category number",
    ),
    Messy(
        "durations",
        b"run,time\nA,0:45:10\nB,1:02:03\nC,0:59:59\n",
        {"run": ["A", "B", "C"], "time": [2710, 3723, 3599]},
        "category number",
        says="seconds",
    ),
    Messy(
        "numbers of a telephone, of a house",
        b"phone,house,n\n+49 30 1234567,12a,1\n+49 40 7654321,7,2\n+43 1 555000,12a,3\n",
        {
            "phone": ["+49 30 1234567", "+49 40 7654321", "+43 1 555000"],
            "house": ["12a", "7", "12a"],
            "n": [1, 2, 3],
        },
        "category category number",
        may_ask=True,
    ),
    Messy(
        "product codes like numbers in powers of ten",
        b"code,n\n12E4,1\n3A77,2\n45E1,3\n9B01,4\n3A77,5\n",
        {"code": ["12E4", "3A77", "45E1", "9B01", "3A77"], "n": [1, 2, 3, 4, 5]},
        "category number",
        may_ask=True,
    ),
    Messy(
        "age brackets",
        b"age,n\n25-34,1\n18-24,2\n65+,3\n35-64,4\n18-24,5\n",
        {"age": ["25-34", "18-24", "65+", "35-64", "18-24"], "n": [1, 2, 3, 4, 5]},
        "ordered number",
        says="18-24 < 25-34 < 35-64 < 65",
    ),
    Messy(
        "blanks around words, words in capitals",
        b"site,n\n north,1\nnorth ,2\nNorth,3\nsouth,4\n",
        {"site": ["north", "north", "North", "south"], "n": [1, 2, 3, 4]},
        "category number",
        says="blanks around",
    ),
    Messy(
        "a column without values, one without a change",
        b"a,b,c\n1.5,,k\n2.5,,k\n4.5,,k\n",
        {"a": [1.5, 2.5, 4.5], "b": [NAN, NAN, NAN], "c": ["k", "k", "k"]},
        "number ignored category",
    ),
    Messy(
        "names that are long, hurt or hide",
        utf8('"a\nb",\u200bx\ufeff,"{{7*7}}",🌧\n1.5,2,3,4\n2.5,3,4,6\n'),
        {"a b": [1.5, 2.5], "x": [2, 3], "{{7*7}}": [3, 4], "🌧": [4, 6]},
        "number number number number",
    ),
    Messy(
        "two numbers in a cell",
        b"bp,part,n\n120/80,1/2,1\n118/76,3/4,2\n130/85,1/2,3\n120/80,1/4,4\n",
        {
            "bp": ["120/80", "118/76", "130/85", "120/80"],
            "part": ["1/2", "3/4", "1/2", "1/4"],
            "n": [1, 2, 3, 4],
        },
        "category category number",
        says="bp is read as a category: cells such as 120/80 and 118/76 hold digits",
    ),
    Messy(
        "words of which many are numbers",
        b"g,n\n5,1\nlow,2\n7,3\nhigh,4\n5,5\nlow,6\n",
        {"g": ["5", "low", "7", "high", "5", "low"], "n": [1, 2, 3, 4, 5, 6]},
        "category number",
        says="5 and 7 are numbers, and others such as low and high are none",
    ),
    Messy(
        "a code like a power of ten among whole numbers",
        b"lot,n\n12E4,1\n101,2\n103,4\n105,3\n107,6\n",
        {"lot": [120000, 101, 103, 105, 107], "n": [1, 2, 4, 3, 6]},
        "number number",
        asks="12E4 .* could be a code",
    ),
    Messy(
        "a code like a power of ten of Fortran among whole numbers",
        b"lot,n\n12D4,1\n101,2\n103,4\n105,3\n12D4,6\n",
        {"lot": ["12D4", "101", "103", "105", "12D4"], "n": [1, 2, 4, 3, 6]},
        "identifier number",
        says="powers of ten",
    ),
    Messy(
        "months as six digits under their name, and under another",
        b"month,lot\n200001,201203\n200002,201101\n200012,201010\n",
        {
            "month": ["2000-01-01", "2000-02-01", "2000-12-01"],
            "lot": ["2012-03-01", "2011-01-01", "2010-10-01"],
        },
        "date date",
        asks="^lot: are numbers like 201203 dates",
        says="^month: numbers like 200001 were read as year and month",
    ),
    Messy(
        "six digits that are no months",
        b"lot,n\n200013,1\n200002,2\n200012,4\n",
        {"lot": [200013, 200002, 200012], "n": [1, 2, 4]},
        "number number",
    ),
    Messy(
        "references like powers of ten",
        b"ref,n\n32E0134,1\n45E0200,2\n12E0001,3\n",
        {"ref": ["32E0134", "45E0200", "12E0001"], "n": [1, 2, 3]},
        "identifier number",
        says="powers of ten",
    ),
    Messy(
        "a total without a name",
        b"site,n\nA,1\nB,2\nC,4\nD,4\n,11\n",
        {"site": ["A", "B", "C", "D"], "n": [1, 2, 4, 4]},
        "category number",
        says="below",
    ),
    Messy(
        "totals of groups, and of all",
        b"region,site,n\nnorth,A,1\nnorth,B,2\nnorth Total,,3\nsouth,C,4\nsouth,D,5\n"
        b"south Total,,9\nGrand Total,,12\n",
        {
            "region": ["north", "north", "south", "south"],
            "site": ["A", "B", "C", "D"],
            "n": [1, 2, 4, 5],
        },
        "category category number",
        says="totals of groups",
    ),
    Messy(
        "a clock of twelve hours",
        b"at,n\n8:30 AM,1\n9:45 PM,2\n12:05 AM,3\n",
        {"at": [30600, 78300, 300], "n": [1, 2, 3]},
        "number number",
        says="times of a day",
    ),
    Messy(
        "a clock of twenty-four hours",
        b"at,n\n08:30,1\n09:45,2\n17:05,3\n",
        {"at": [30600, 35100, 61500], "n": [1, 2, 3]},
        "number number",
        says="seconds",
    ),
    Messy(
        "minutes, seconds and hundredths",
        b"lap,time\nA,1:23.45\nB,1:22.90\nC,1:25.00\n",
        {"lap": ["A", "B", "C"], "time": [83.45, 82.9, 85]},
        "category number",
        says="seconds",
    ),
    Messy(
        "hours and minutes, or minutes and seconds",
        b"run,time\nA,4:35\nB,3:50\nC,12:10\n",
        {"run": ["A", "B", "C"], "time": [16500, 13800, 43800]},
        "category number",
        asks="hours and minutes",
    ),
    Messy(
        "letters beside numbers, a colon for no value (Eurostat)",
        b"geo\t2019 \t2020 \nDE\t12.3 p\t11\nFR\t10\t9.5 e\nIT\t: \t8.5\nES\t7\t6 b\n",
        {"geo": ["DE", "FR", "IT", "ES"], "2019": [12.3, 10, NAN, 7], "2020": [11, 9.5, 8.5, 6]},
        "category number number",
        says="letters",
    ),
    Messy(
        "signs of footnotes",
        b"city,n,m\nA,1200*,4[1]\nB,1300,5\nC,1400,6 [2]\n",
        {"city": ["A", "B", "C"], "n": [1200, 1300, 1400], "m": [4, 5, 6]},
        "category number number",
        says="footnotes",
    ),
    Messy(
        "digits of another script",
        utf8("m,n\nA,١٢\nB,٣٤\nC,٥٦\n"),
        {"m": ["A", "B", "C"], "n": [12, 34, 56]},
        "category number",
        says="another script",
    ),
    Messy(
        "the end of a file as DOS marks it",
        b"a,b\n1,x\n2,y\n3,x\n\x1a",
        {"a": [1, 2, 3], "b": ["x", "y", "x"]},
        "number category",
    ),
    Messy(
        "blanks after commas, before quotation marks",
        b'a, b, c\n1, "x, or y", 2\n2, "z", 3\n3, "x, or y", 4\n',
        {"a": [1, 2, 3], "b": ["x, or y", "z", "x, or y"], "c": [2, 3, 4]},
        "number category number",
    ),
    Messy(
        "types under the names",
        b"size,name,v\nint,string,float\n1,a,2.5\n2,b,3.5\n3,a,1.5\n4,b,0.5\n",
        {"size": [1, 2, 3, 4], "name": ["a", "b", "a", "b"], "v": [2.5, 3.5, 1.5, 0.5]},
        "number category number",
        says="describes",
    ),
    Messy(
        "questions in full under the names (a survey)",
        b"age,income\nAge in years,Income in euros\n34,1200.5\n45,2300\n51,1800\n28,900\n",
        {"age": [34, 45, 51, 28], "income": [1200.5, 2300, 1800, 900]},
        "number number",
        says="describes",
    ),
    Messy(
        "-1 for no value",
        b"age,n\n34,1\n-1,2\n45,3\n56,4\n-1,5\n",
        {"age": [34, NAN, 45, 56, NAN], "n": [1, 2, 3, 4, 5]},
        "number number",
        asks="-1",
    ),
    Messy(
        "99 for no answer",
        b"q,n\n1,1\n5,2\n99,3\n3,4\n99,5\n2,6\n",
        {"q": [1, 5, NAN, 3, NAN, 2], "n": [1, 2, 3, 4, 5, 6]},
        "number number",
        asks="99",
    ),
    Messy(
        "day first in one line, month first in another",
        b"on,n\n13/01/2024,1\n01/14/2024,2\n02/03/2024,3\n",
        {"on": ["2024-01-13", "2024-01-14", "2024-03-02"], "n": [1, 2, 3]},
        "date number",
        asks="day or the month",
    ),
    Messy(
        "lists in brackets between semicolons",
        b"nr;a;b;c\n1;False;62.25;['345']\n2;True;54.0;['235']\n3;False;46.5;['112', '112']\n",
        {
            "nr": [1, 2, 3],
            "a": ["False", "True", "False"],
            "b": [62.25, 54, 46.5],
            "c": ["['345']", "['235']", "['112', '112']"],
        },
        "number category number category",
    ),
    Messy(
        "addresses of computers",
        b"ip,n\n10.0.0.1,1\n10.0.0.2,2\n192.168.1.1,3\n",
        {"ip": ["10.0.0.1", "10.0.0.2", "192.168.1.1"], "n": [1, 2, 3]},
        "category number",
    ),
    Messy(
        "columns aligned by blanks, with gaps",
        b"station     rain   wind\nA town      12.5   3\nB town             4\n"
        b"C town       9.0\nD town       1.5   7\nE town       2.5   8\n",
        refuses="aligned by blanks",
    ),
    Messy(
        "every line in quotation marks as a whole",
        b'"a,b,c"\n"1,x,2.5"\n"2,y,3.5"\n"3,x,4.5"\n',
        refuses="quotation marks",
    ),
    Messy("a zero byte in a cell", b"a,b\n1,\x002\n3,4\n", refuses="zero bytes"),
    Messy("lines of JSON", b'{"a":1,"b":2}\n{"a":3,"b":4}\n', refuses="JSON"),
    Messy(
        "a gap in the second row",
        b"a,b\n1,2\n2,\n3,6\n4,8\n",
        {"a": [1, 2, 3, 4], "b": [2, NAN, 6, 8]},
        "number number",
    ),
    Messy(
        "codes of which most are digits",
        b"code,n\n101,1\n102,2\nX17,3\n104,4\n105,5\n106,6\n101,7\n",
        {"code": ["101", "102", "X17", "104", "105", "106", "101"], "n": [1, 2, 3, 4, 5, 6, 7]},
        "category number",
        asks="codes",
    ),
    Messy(
        "weekdays before dates",
        b'd,n\n"Mon, 01 Jan 2024",1\n"Tue, 02 Jan 2024",2\n"Wed, 03 Jan 2024",3\n',
        {"d": ["2024-01-01", "2024-01-02", "2024-01-03"], "n": [1, 2, 3]},
        "date number",
    ),
    Messy(
        "names that count",
        b"site,1,2,3\nA,0.5,0.6,0.7\nB,0.1,0.2,0.3\nC,0.4,0.5,0.9\n",
        {"site": ["A", "B", "C"], "1": [0.5, 0.1, 0.4], "2": [0.6, 0.2, 0.5], "3": [0.7, 0.3, 0.9]},
        "category number number number",
    ),
    Messy(
        "dates as names",
        b"site,2024-01-01,2024-02-01\nA,1,2\nB,4,5\nC,7,8\n",
        {"site": ["A", "B", "C"], "2024-01-01": [1, 4, 7], "2024-02-01": [2, 5, 8]},
        "category number number",
    ),
    Messy(
        "a quotation mark in a cell that is not doubled",
        b'a,b\n1,"he said "hi" there"\n2,"x"\n3,"y"\n',
        {"a": [1, 2, 3], "b": ['he said hi" there"', "x", "y"]},
        "number category",
        says="Line 2 has a quotation mark",
    ),
    Messy(
        "decimal commas in a file of commas",
        b"a,b\n1,5,2,5\n2,5,3,5\n4,5,7,5\n",
        refuses="decimal comma",
    ),
    Messy(
        "a line with far more cells than the others",
        b"a,b\n1,2\n3,4\n5,6\n7,8\n" + b"9" + b",9" * 3000 + b"\n",
        refuses="Line 6",
    ),
    Messy("a picture by another name", b"\x89PNG\r\n\x1a\n" + bytes(range(256)), refuses="picture"),
    Messy("bytes of no text", bytes(range(256)) * 8, refuses="no text"),
    Messy("a packed file", b"\x1f\x8b\x08\x00" + b"abc" * 9, refuses="gzip"),
    Messy(
        "a pickle",
        b"\x80\x04\x95\x0c\x00\x00\x00\x00\x00\x00\x00\x8c\x05hello\x94.",
        refuses="pickle",
    ),
    Messy(
        "a web page by another name",
        b"<html><table><tr><td>1</td></tr></table></html>",
        refuses="web page",
    ),
    Messy("JSON", b'[{"a": 1, "b": 2}, {"a": 3, "b": 4}]', refuses="JSON"),
    Messy("a Parquet file cut off", b"PAR1" + b"\x15\x04" * 40, refuses="Parquet"),
    Messy("a workbook cut off", b"PK\x03\x04" + b"\x00" * 90, refuses="workbook"),
]

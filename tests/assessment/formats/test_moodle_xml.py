"""Moodle's own files: every kind of question, pictures, soup, and what must not come in."""

import base64

import pytest

from lms.assessment.formats import FORMATS
from lms.assessment.formats.interface import Verdict
from lms.assessment.formats.moodle_xml.kinds import KINDS
from lms.assessment.types import TYPES
from lms.foundation.kernel.errors import Invalid

pytestmark = pytest.mark.pure
MOODLE = FORMATS["moodle-xml"]
PICTURE = base64.b64encode(b"not looked at here").decode()


def quiz(*questions):
    return '<?xml version="1.0" encoding="UTF-8"?>\n<quiz>\n' + "\n".join(questions) + "\n</quiz>"


def question(kind, inner="", stem="<p>¿Qué?</p>", files="", more=""):
    return (
        f'<question type="{kind}"><name><text>Una</text></name>'
        f'<questiontext format="html"><text><![CDATA[{stem}]]></text>{files}</questiontext>'
        f"<defaultgrade>2.5000000</defaultgrade><penalty>0.33</penalty><hidden>0</hidden>"
        f"{inner}{more}</question>"
    )


def answer(text, fraction=0, inner="", kind="html"):
    return f'<answer fraction="{fraction}" format="{kind}"><text>{text}</text>{inner}</answer>'


CHOICE = answer("Una", 100) + answer("Dos")


def read(*questions):
    return MOODLE.read(quiz(*questions).encode())


def own(*args, **kwargs):
    (found,) = read(question(*args, **kwargs))
    assert found.verdict is not Verdict.REFUSED, found.refused
    return found, {k: v for k, v in found.item.source.items() if k not in ("points", "stem")}


@pytest.mark.parametrize(
    ("kind", "inner", "says"),
    [
        ("multichoice", "<single>true</single>" + CHOICE,
         {"type": "single_choice", "options": [{"text": "Una", "correct": True}, {"text": "Dos"}]}),
        ("multichoice", "<single>false</single>" + answer("Una", 50) + answer("Dos", 50)
         + answer("Tres", -50),
         {"type": "multiple_choice", "scoring": "partial",
          "options": [{"text": "Una", "correct": True}, {"text": "Dos", "correct": True},
                      {"text": "Tres"}]}),
        ("multichoiceset", answer("Una", 100) + answer("Dos"),
         {"type": "multiple_choice", "scoring": "all_or_nothing",
          "options": [{"text": "Una", "correct": True}, {"text": "Dos"}]}),
        ("truefalse", answer("true", 0, "<feedback format='html'><text>No.</text></feedback>")
         + answer("false", 100),
         {"type": "true_false", "answer": False, "feedback_true": "No."}),
        ("shortanswer", "<usecase>1</usecase>" + answer("acta", 100),
         {"type": "short_answer", "accept": ["acta"], "ignore_case": False}),
        ("numerical", answer("10", 100, "<tolerance>0.5</tolerance>")
         + "<units><unit><multiplier>1</multiplier><unit_name>días</unit_name></unit></units>",
         {"type": "numerical", "answer": 10, "tolerance": 0.5, "unit": "días"}),
        ("ordering", "<gradingtype>ABSOLUTE_POSITION</gradingtype>" + answer("Uno", 1)
         + answer("Dos", 2),
         {"type": "ordering", "items": ["Uno", "Dos"], "scoring": "places"}),
        ("essay", "<minwordlimit>50</minwordlimit><maxwordlimit>300</maxwordlimit>"
         "<graderinfo format='html'><text>&lt;p&gt;Cita el plazo.&lt;/p&gt;</text></graderinfo>",
         {"type": "essay", "least": 50, "most": 300, "guidance": "Cita el plazo."}),
        ("matching",
         "<subquestion format='html'><text>&lt;p&gt;Acta&lt;/p&gt;</text>"
         "<answer><text>Concejo</text></answer></subquestion>"
         "<subquestion format='html'><text>Recibo</text><answer><text>Caja</text></answer>"
         "</subquestion><subquestion><text></text><answer><text>Nadie</text></answer></subquestion>",
         {"type": "matching", "distractors": ["Nadie"],
          "pairs": [{"left": "Acta", "right": "Concejo"}, {"left": "Recibo", "right": "Caja"}]}),
    ],
)  # fmt: skip
def test_each_kind_of_moodle_comes_in_whole(kind, inner, says):
    found, source = own(kind, inner)
    assert source == says
    assert found.verdict is Verdict.TAKEN
    assert found.item.source["points"] == 2.5
    assert found.item.source["stem"] == "¿Qué?"


@pytest.mark.parametrize(
    "kind",
    ["calculated", "calculatedmulti", "calculatedsimple", "ddimageortext", "ddmarker", "random",
     "randomsamatch", "kprime", "stack", "description", "cloze"],
)  # fmt: skip
def test_kinds_that_have_no_place_are_refused_by_name_and_never_dropped(kind):
    if kind in TYPES and kind in KINDS:
        pytest.skip("it has a place")
    found, after = read(question(kind, CHOICE), question("multichoice", CHOICE))
    assert found.verdict is Verdict.REFUSED
    assert kind in found.refused.params["kind"]
    assert after.verdict is Verdict.TAKEN
    assert (found.number, after.number) == (1, 2)


def test_gaps_keep_their_words_and_what_is_dragged_is_chosen():
    words = (
        "<selectoption><text>acta</text><group>1</group></selectoption>"
        "<selectoption><text>diez</text><group>2</group></selectoption>"
        "<selectoption><text>doce</text><group>2</group></selectoption>"
    )
    stem = "<p>El [[1]] dura [[2]] días.</p>"
    ((found, source), (dragged, _source)) = (
        own("gapselect", words, stem=stem),
        own("ddwtos", words.replace("selectoption", "dragbox"), stem=stem),
    )
    assert found.item.source["stem"] == "Una"
    assert source["passage"] == "El {{1}} dura {{2}} días."
    assert source["words"] == [
        {"text": "acta"}, {"text": "diez", "group": "2"}, {"text": "doce", "group": "2"},
    ]  # fmt: skip
    assert (found.verdict, dragged.verdict) == (Verdict.TAKEN, Verdict.WITH_LOSS)


def test_other_units_are_told_in_our_way():
    units = (
        "<units><unit><multiplier>1</multiplier><unit_name>m</unit_name></unit>"
        "<unit><multiplier>0.001</multiplier><unit_name>km</unit_name></unit>"
        "<unit><multiplier>3</multiplier><unit_name>x</unit_name></unit></units>"
    )
    found, source = own("numerical", answer("10", 100) + units)
    assert source["units"] == [{"unit": "km", "factor": 1000}]
    assert [each.params["unit"] for each in found.lost] == ["x"]


def test_soup_becomes_markdown_and_pictures_come_along():
    stem = (
        '<div style="color:red"><span><p>Mire&nbsp;<b>esto</b>:</p></span>'
        '<p><img src="@@PLUGINFILE@@/mi%20sello%20(1).png?time=1" alt="Un sello" width="3"></p>'
        '<script>alert(1)</script><p onclick="x()">y <a href="@@PLUGINFILE@@/ley.pdf">la ley</a>'
        "<img src='https://example.org/x.png'></div>"
    )
    files = "".join(
        f'<file name="{name}" path="/" encoding="base64">{PICTURE}</file>'
        for name in ("mi sello (1).png", "ley.pdf", "otro.png")
    )
    found, _source = own("multichoice", CHOICE, stem=stem, files=files)
    assert found.item.source["stem"] == (
        "Mire **esto**:\n\n![Un sello](media/mi-sello-1.png)\n\ny [la ley](media/ley.pdf)"
    )
    assert found.item.files == dict.fromkeys(("mi-sello-1.png", "ley.pdf"), b"not looked at here")
    said = [each.message % each.params for each in found.lost]
    assert "a script or something from elsewhere that would run: it was taken out" in said
    assert "pictures that are not in the file: 1" in said


def test_pictures_written_within_the_page_and_two_of_one_name_come_along():
    other = base64.b64encode(b"another").decode()
    files = f'<file name="a.png" encoding="base64">{PICTURE}</file>'
    option = answer('&lt;img src="@@PLUGINFILE@@/a.png" alt="b"&gt;', 100,
                    f'<file name="a.png" encoding="base64">{other}</file>')  # fmt: skip
    stem = (
        f'<img src="@@PLUGINFILE@@/a.png" alt="a"><img alt="c" src="data:image/png;base64,{other}">'
    )
    found, source = own("multichoice", option + answer("Dos"), stem=stem, files=files)
    assert source["options"][0]["text"] == "![b](media/a-2.png)"
    assert sorted(found.item.files) == ["a-2.png", "a.png", "imagen-2.png"]


def test_categories_tags_numbers_and_what_moodle_says_always():
    category = (
        '<question type="category"><category><text>$course$/top/Leyes/Plazos</text></category>'
        "</question>"
    )
    more = (
        "<idnumber>plazo-1</idnumber><tags><tag><text>ley</text></tag></tags>"
        "<correctfeedback format='html'><text>Respuesta correcta</text></correctfeedback>"
        "<incorrectfeedback format='html'><text>Lea otra vez.</text></incorrectfeedback>"
        "<hint format='html'><text>Piense.</text></hint>"
        "<generalfeedback format='html'><text>Es la ley.</text></generalfeedback>"
    )
    (found,) = read(category, question("multichoice", CHOICE, more=more))
    source = found.item.source
    assert source["category"] == "Leyes/Plazos"
    assert (source["key"], source["tags"], source["feedback"]) == ("plazo-1", ["ley"], "Es la ley.")
    assert [each.message for each in found.lost] == [
        "explanations for right, partly right and wrong answers as a whole",
        "hints for another try: %(count)s",
    ]
    assert found.line == 4


@pytest.mark.parametrize("encoding", ["utf-8", "utf-8-sig", "utf-16", "iso-8859-1", "cp1252"])
def test_files_are_read_in_whatever_they_were_saved(encoding):
    said = "utf-8" if encoding in ("utf-8-sig", "cp1252") else encoding
    text = quiz(question("truefalse", answer("true", 100))).replace("UTF-8", said)
    (found,) = MOODLE.read(text.replace("\n", "\r\n").encode(encoding))
    assert found.item.source["stem"] == "¿Qué?"


BOMB = '<!DOCTYPE q [<!ENTITY a "x"><!ENTITY b "&a;&a;&a;&a;">]>'
OUTSIDE = '<!DOCTYPE q [<!ENTITY a SYSTEM "file:///etc/passwd">]>'


@pytest.mark.parametrize(
    ("data", "why"),
    [
        (quiz(question("essay")).replace("<quiz>", f"{BOMB}<quiz>"), "DOCTYPE"),
        (quiz(question("essay")).replace("<quiz>", f"{OUTSIDE}<quiz>"), "DOCTYPE"),
        ("<quiz>" + "<a>" * 50 + "</a>" * 50 + "</quiz>", "nested"),
        ("<quiz><question></quiz>", "broken at line 1"),
        ("<quiz>\n<question>&nbsp;</question></quiz>", "broken at line 2"),
        ("<html></html>", "begins with <html>"),
        ("// GIFT\n¿Qué? {=Sí ~No}", "not XML"),
        ("<quiz></quiz>", "No question was found"),
        ("", "empty"),
        (b"PK\x03\x04" + b"\0" * 200, "not a text file"),
    ],
)
def test_hostile_and_broken_files_are_refused_with_a_sentence(data, why):
    with pytest.raises(Invalid) as refusal:
        MOODLE.read(data if isinstance(data, bytes) else data.encode())
    assert why in str(refusal.value)


@pytest.mark.parametrize("name", ["../../etc/passwd.png", "C:\\x\\y.png", "-.png", "x.svg/..png"])
def test_names_of_files_never_lead_out(name):
    files = f'<file name="{name}" encoding="base64">{PICTURE}</file>'
    found, _source = own(
        "multichoice", CHOICE, stem=f'¿? <img src="@@PLUGINFILE@@/{name}" alt="a">', files=files
    )
    assert all("/" not in each and ".." not in each for each in found.item.files)


def test_a_file_that_is_too_large_is_refused(monkeypatch):
    monkeypatch.setattr("lms.assessment.formats.decoding.LARGEST", 100)
    with pytest.raises(Invalid, match="Split it"):
        MOODLE.read(b"<quiz>" + b" " * 200)

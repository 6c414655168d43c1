"""An answer is called saved only on the server's word, and none is ever lost on the way."""

import re
from collections.abc import Iterator

import pytest
from flask import Flask
from playwright.sync_api import Browser, BrowserContext, Locator, Page, expect

from tests.pages.answering import Desk

pytestmark = pytest.mark.browser

STORED = """() => new Promise((done) => {
  const opening = indexedDB.open('answers', 1);
  opening.onsuccess = () => {
    const reading = opening.result.transaction('unsent').objectStore('unsent').getAll();
    reading.onsuccess = () => { opening.result.close(); done(reading.result); };
  };
})"""
# Erasing begins with a look at what is there: it is held until the next value was put beside it.
MEANWHILE = """() => {
  const { get, put } = IDBObjectStore.prototype;
  let ticked = false;
  IDBObjectStore.prototype.put = function (entry) {
    if (ticked) window.putAgain = true;
    return put.call(this, entry);
  };
  IDBObjectStore.prototype.get = function (key) {
    if (ticked) return get.call(this, key);
    ticked = true;
    document.querySelector('#q2 input[value=b]').click();
    const found = get.call(this, key);
    const hold = () => { if (!window.putAgain) get.call(this, key).onsuccess = hold; };
    hold();
    return found;
  };
}"""
SIGNAL = "window.dispatchEvent(new Event('online'))"


@pytest.fixture
def desk(app: Flask) -> Iterator[Desk]:
    found = Desk(app)
    yield found
    found.close()


@pytest.fixture
def phone(chromium: Browser) -> Iterator[BrowserContext]:
    context = chromium.new_context(viewport={"width": 360, "height": 740})
    yield context
    context.close()


@pytest.fixture
def quiz(phone: BrowserContext, desk: Desk) -> Page:
    return opened(phone, desk)


def opened(phone: BrowserContext, desk: Desk, path: str = "/examen") -> Page:
    page = phone.new_page()
    page.on("pageerror", lambda error: pytest.fail(str(error)))
    page.goto(desk.url + path)
    return page


def state(page: Page, slot: int) -> Locator:
    return page.locator(f"#q{slot} [data-save-state]")


def write(page: Page, text: str) -> None:
    page.get_by_label("Text").fill(text)
    page.get_by_label("Text").blur()


def test_each_kind_of_answer_is_saved_as_it_is_given(quiz: Page, desk: Desk) -> None:
    quiz.get_by_label("Beta").check()
    expect(state(quiz, 1)).to_have_text("Saved at 10:30")
    quiz.get_by_label("Norte").check()
    expect(state(quiz, 2)).to_have_text("Saved at 10:30")
    quiz.get_by_label("Mayor").select_option("2")
    expect(state(quiz, 3)).to_have_text("Saved at 10:30")
    write(quiz, "42")
    expect(state(quiz, 4)).to_have_text("Saved at 10:30")
    assert [(each["slot"], each["seq"], each["value"]) for each in desk.saved] == [
        (1, 1, {"choice": "b"}),
        (2, 1, {"choices": ["a"]}),
        (3, 1, {"pairs": {"x": "2"}}),
        (4, 1, {"text": "42"}),
    ]
    assert len({each["key"] for each in desk.saved}) == 4
    assert quiz.evaluate(STORED) == []
    expect(quiz.get_by_text("4 of 4 answered")).to_be_visible()


def test_without_signal_it_is_kept_on_the_phone_and_never_called_saved(
    quiz: Page, desk: Desk, phone: BrowserContext
) -> None:
    desk.day = "lost signal"
    write(quiz, "42")
    expect(state(quiz, 4)).to_contain_text("Not sent.")
    expect(quiz.get_by_text("One answer not sent")).to_be_visible()
    quiz.close(run_before_unload=False)
    again = opened(phone, desk)
    expect(again.get_by_label("Text")).to_have_value("42")
    expect(state(again, 4)).to_contain_text("Not sent.")
    assert desk.saved == []
    desk.day = "fine"
    again.evaluate(SIGNAL)
    expect(state(again, 4)).to_have_text("Saved at 10:30")
    assert again.evaluate(STORED) == []


def test_a_lost_answer_is_sent_again_under_the_same_key(quiz: Page, desk: Desk) -> None:
    desk.day = "lost answer"
    write(quiz, "42")
    expect(state(quiz, 4)).to_contain_text("Not sent.")
    desk.day = "fine"
    quiz.evaluate(SIGNAL)
    expect(state(quiz, 4)).to_have_text("Saved at 10:30")
    assert {each["key"] for each in desk.saved} == {desk.saved[0]["key"]}


def test_a_server_in_trouble_is_asked_again(quiz: Page, desk: Desk) -> None:
    desk.day = "503"
    quiz.get_by_label("Alfa").check()
    expect(state(quiz, 1)).to_contain_text("Not sent.")
    desk.day = "fine"
    expect(state(quiz, 1)).to_have_text("Saved at 10:30", timeout=10_000)


def test_a_stale_token_is_replaced_once(quiz: Page, desk: Desk) -> None:
    quiz.get_by_label("Alfa").check()
    expect(state(quiz, 1)).to_have_text("Saved at 10:30")
    desk.token = "second"
    quiz.get_by_label("Norte").check()
    expect(state(quiz, 2)).to_have_text("Saved at 10:30")


def test_after_the_session_ended_it_waits_for_signing_in(quiz: Page, desk: Desk) -> None:
    desk.person = None
    quiz.get_by_label("Alfa").check()
    link = state(quiz, 1).get_by_role("link", name="Sign in to send it")
    expect(link).to_have_attribute("href", "/ingresar")
    assert len(quiz.evaluate(STORED)) == 1


def test_another_person_on_the_same_phone_sends_nothing_of_the_first(
    quiz: Page, desk: Desk
) -> None:
    desk.person = "julian"
    quiz.get_by_label("Alfa").check()
    expect(state(quiz, 1)).to_contain_text("another person signed in")
    assert desk.saved == []
    desk.person = "rosa"
    quiz.evaluate(SIGNAL)
    expect(state(quiz, 1)).to_have_text("Saved at 10:30")


def test_what_came_late_is_said_and_not_kept(quiz: Page, desk: Desk) -> None:
    desk.day = "late"
    quiz.get_by_label("Alfa").check()
    expect(state(quiz, 1)).to_contain_text("It came late.")
    assert quiz.evaluate(STORED) == []


def test_what_was_refused_stays_until_it_is_changed(quiz: Page, desk: Desk) -> None:
    desk.day = "refused"
    write(quiz, "ten")
    expect(state(quiz, 4)).to_contain_text("That is no number.")
    assert [each["refused"] for each in quiz.evaluate(STORED)] == ["That is no number."]
    desk.day = "fine"
    write(quiz, "10")
    expect(state(quiz, 4)).to_have_text("Saved at 10:30")
    assert quiz.evaluate(STORED) == []


def test_what_is_given_while_the_device_forgets_what_was_saved_is_saved_too(
    quiz: Page, desk: Desk
) -> None:
    """The second box is ticked while the first answer, acknowledged, is being erased."""
    quiz.evaluate(MEANWHILE)
    quiz.get_by_label("Norte").check()
    expect(quiz.get_by_label("Sur")).to_be_checked()
    quiz.wait_for_function("window.putAgain")
    expect(state(quiz, 2)).to_have_text("Saved at 10:30")
    assert [each["value"] for each in desk.saved] == [{"choices": ["a"]}, {"choices": ["a", "b"]}]
    assert quiz.evaluate(STORED) == []


def test_a_later_answer_on_another_device_is_not_overwritten_unseen(
    quiz: Page, desk: Desk, phone: BrowserContext
) -> None:
    desk.day = "lost signal"
    quiz.get_by_label("Alfa").check()
    expect(state(quiz, 1)).to_contain_text("Not sent.")
    quiz.close(run_before_unload=False)
    desk.day, desk.shown = "fine", {"seq": 3, "given": ["b"]}
    again = opened(phone, desk)
    expect(state(again, 1)).to_have_text("Saved at 10:30")
    expect(again.get_by_label("Beta")).to_be_checked()
    assert desk.saved[0]["seq"] == 1, "the server sees that it is older than what it holds"


def test_handing_in_sends_first_what_was_just_typed(quiz: Page, desk: Desk) -> None:
    quiz.get_by_label("Text").fill("99")
    quiz.get_by_role("button", name="Hand in").click()
    expect(quiz.get_by_role("heading", name="Receipt")).to_be_visible()
    assert desk.saved[-1]["value"] == {"text": "99"}
    assert desk.handed_in == {"a3.x": "", "a4": "99", "go": "review"}


def test_handing_in_without_signal_keeps_the_page(quiz: Page, desk: Desk) -> None:
    desk.day = "lost signal"
    quiz.get_by_label("Text").fill("99")
    quiz.get_by_role("button", name="Hand in").click()
    expect(quiz.get_by_text("There is no signal.")).to_be_visible()
    expect(quiz.get_by_label("Text")).to_have_value("99")
    desk.day = "fine"
    quiz.get_by_role("button", name="Hand in").click()
    expect(quiz.get_by_role("heading", name="Receipt")).to_be_visible()


def test_what_was_left_is_sent_from_the_page_of_the_receipt(
    quiz: Page, desk: Desk, phone: BrowserContext
) -> None:
    desk.day = "lost signal"
    quiz.get_by_label("Alfa").check()
    expect(state(quiz, 1)).to_contain_text("Not sent.")
    quiz.close(run_before_unload=False)
    desk.day = "fine"
    receipt = opened(phone, desk, "/recibo")
    expect(receipt.locator("[data-save-state]")).to_have_text("Saved at 10:30")
    assert desk.saved[0]["slot"] == 1


def test_an_answer_given_before_the_script_arrived_is_saved_too(
    phone: BrowserContext, desk: Desk
) -> None:
    page = phone.new_page()
    held = []
    page.route("**/answers.*.js", lambda route: held.append(route))
    page.goto(desk.url + "/examen", wait_until="commit")
    page.get_by_label("Sur").check()
    held[0].continue_()
    expect(state(page, 2)).to_have_text("Saved at 10:30")


def test_the_clock_follows_the_server_not_the_phone(phone: BrowserContext, desk: Desk) -> None:
    desk.times = ("2020-05-05T10:40:00Z", "2020-05-05T10:45:30Z")
    page = opened(phone, desk)
    expect(page.locator("[data-clock-left]")).to_have_text(re.compile(r"05:2\d"))
    desk.times = ("2020-05-05T10:46:00Z", "2020-05-05T10:45:30Z")
    page.reload()
    expect(page.locator("[data-clock-left]")).to_have_text("The time is over")
    expect(page.locator("[data-clock-say]")).to_have_text("The time is over")

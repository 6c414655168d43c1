"""Pages for what did not work say what to do, and say it once."""

import pytest

HEADING = "No encontramos esa página"


@pytest.mark.parametrize("address", ["/no-hay", "/cursos/no-hay"])
def test_a_page_that_is_not_there_says_so_once_and_where_to_look(visitor, world, address):
    answer = visitor.get(address)
    assert answer.status_code == 404
    main = answer.text[answer.text.index("<main") : answer.text.index("</main>")]
    assert main.count(HEADING) == 1, "the paragraph says what to do, not the heading again"
    assert "Revise que la dirección esté completa" in main
    assert 'href="/cursos"' in main

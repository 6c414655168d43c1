"""The floor's pages, compiled once."""

_TOP = """<!doctype html><html lang="es"><head><meta charset="utf-8">
<title>{{ title }}</title></head>
<body><h1>{{ title }}</h1>"""

TEMPLATES = {
    "home.html": _TOP
    + """<p>{{ name }}</p><ul><li><a href="/course">Curso</a> {{ done }} de {{ total }}</li></ul>
</body></html>""",
    "course.html": _TOP
    + """<p>{{ name }}</p>{% for module in modules %}<h2>{{ module.title }}</h2><ul>
{% for item in module.lessons %}<li><a href="/lesson/{{ item.id }}">{{ item.title }}</a>
{{ item.minutes }} min {% if item.id in seen %}vista{% endif %}</li>{% endfor %}</ul>{% endfor %}
</body></html>""",
    "quiz.html": _TOP
    + """<ul>{% for one in attempts %}<li>{{ one.score }}</li>{% endfor %}</ul>
<form method="post" action="/attempt"><button>Comenzar</button></form></body></html>""",
    "attempt.html": _TOP
    + """<form method="post" action="/attempt/{{ attempt }}/finish">
{% for q in questions %}<fieldset><legend>{{ q.text }}</legend>{% for o in (q.a, q.b, q.c, q.d) %}
<label><input type="radio" name="q{{ q.id }}" value="{{ loop.index }}"
{% if answers.get(q.id) == loop.index|string %}checked{% endif %}> {{ o }}</label>{% endfor %}
</fieldset>{% endfor %}<button>Entregar</button></form></body></html>""",
    "result.html": _TOP + """<p>{{ score }} de {{ total }}</p></body></html>""",
}

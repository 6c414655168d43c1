"""The plain floor: Flask, Flask-Login and SQLAlchemy, written as a careful newcomer would."""

from collections.abc import Iterator
from contextlib import contextmanager
from typing import Any

from flask import Flask, g, redirect, render_template, request
from flask_login import LoginManager, UserMixin, current_user, login_required
from jinja2 import DictLoader
from sqlalchemy import ForeignKey, create_engine, event, func, select
from sqlalchemy.orm import DeclarativeBase, Mapped, Session, mapped_column, relationship

from bench.floor.pages import TEMPLATES
from bench.floor.turn import PATH, turn
from bench.material import LESSONS, MODULES, QUESTIONS

app = Flask(__name__)
app.jinja_loader = DictLoader(TEMPLATES)
engine = create_engine(f"sqlite:///{PATH}", connect_args={"isolation_level": None, "timeout": 10})


@event.listens_for(engine, "connect")
def durable(connection: Any, _record: Any) -> None:
    connection.execute("PRAGMA synchronous=FULL")


class Base(DeclarativeBase):
    pass


class Person(UserMixin, Base):
    __tablename__ = "person"
    id: Mapped[int] = mapped_column(primary_key=True)
    name: Mapped[str]


class Token(Base):
    __tablename__ = "session"
    token: Mapped[str] = mapped_column(primary_key=True)
    person: Mapped[int] = mapped_column(ForeignKey("person.id"))


class Item(Base):
    __tablename__ = "item"
    id: Mapped[int] = mapped_column(primary_key=True)
    module: Mapped[int] = mapped_column(ForeignKey("module.id"))
    title: Mapped[str]
    minutes: Mapped[int]


class Module(Base):
    __tablename__ = "module"
    id: Mapped[int] = mapped_column(primary_key=True)
    title: Mapped[str]
    lessons: Mapped[list[Item]] = relationship(lazy="selectin", order_by=Item.id)


class Progress(Base):
    __tablename__ = "progress"
    person: Mapped[int] = mapped_column(primary_key=True)
    item: Mapped[int] = mapped_column(primary_key=True)


class Question(Base):
    __tablename__ = "question"
    id: Mapped[int] = mapped_column(primary_key=True)
    text: Mapped[str]
    a: Mapped[str]
    b: Mapped[str]
    c: Mapped[str]
    d: Mapped[str]
    answer: Mapped[str]


class Attempt(Base):
    __tablename__ = "attempt"
    id: Mapped[int] = mapped_column(primary_key=True)
    person: Mapped[int]
    score: Mapped[int | None]


class Answer(Base):
    __tablename__ = "answer"
    attempt: Mapped[int] = mapped_column(primary_key=True)
    question: Mapped[int] = mapped_column(primary_key=True)
    value: Mapped[str]


def session() -> Session:
    if "session" not in g:
        g.session = Session(engine)
    found: Session = g.session
    return found


@contextmanager
def writing() -> Iterator[Session]:
    # What was read for signing in is let go first: the transaction that writes begins as a writer.
    session().commit()
    with turn():
        session().connection().exec_driver_sql("BEGIN IMMEDIATE")
        yield session()
        session().flush()
        session().connection().exec_driver_sql("COMMIT")
        session().commit()


@app.teardown_appcontext
def close(_error: BaseException | None) -> None:
    found = g.pop("session", None)
    if found is not None:
        found.close()


manager = LoginManager(app)


@manager.request_loader
def who(current: Any) -> Person | None:
    token = current.cookies.get("token", "")
    return session().scalar(
        select(Person).join(Token, Token.person == Person.id).where(Token.token == token)
    )


@app.get("/healthz")
def healthz() -> str:
    return "ok"


@app.get("/home")
@login_required
def home() -> str:
    done = session().scalar(
        select(func.count()).select_from(Progress).where(Progress.person == current_user.id)
    )
    return render_template(
        "home.html", title="Inicio", name=current_user.name, done=done, total=MODULES * LESSONS
    )


@app.get("/course")
@login_required
def course() -> str:
    modules = session().scalars(select(Module).order_by(Module.id)).all()
    seen = set(session().scalars(select(Progress.item).where(Progress.person == current_user.id)))
    return render_template(
        "course.html", title="Curso", name=current_user.name, modules=modules, seen=seen
    )


@app.get("/quiz")
@login_required
def quiz() -> str:
    attempts = session().scalars(
        select(Attempt).where(Attempt.person == current_user.id).order_by(Attempt.id)
    )
    return render_template("quiz.html", title="Examen", attempts=attempts)


@app.post("/attempt")
@login_required
def start() -> Any:
    person = current_user.id
    with writing() as s:
        attempt = Attempt(person=person)
        s.add(attempt)
        s.flush()
        found = attempt.id
    return redirect(f"/attempt/{found}")


@app.get("/attempt/<int:attempt>")
@login_required
def attempt(attempt: int) -> str:
    _own(attempt)
    questions = session().scalars(select(Question).order_by(Question.id)).all()
    held = session().scalars(select(Answer).where(Answer.attempt == attempt))
    answers = {answer.question: answer.value for answer in held}
    return render_template(
        "attempt.html", title="Examen", attempt=attempt, questions=questions, answers=answers
    )


@app.post("/attempt/<int:attempt>/save")
@login_required
def save(attempt: int) -> dict[str, str]:
    body = request.get_json()
    _own(attempt)
    with writing() as s:
        held = s.get(Answer, (attempt, body["slot"]))
        if held is None:
            s.add(Answer(attempt=attempt, question=body["slot"], value=body["value"]))
        else:
            held.value = body["value"]
    return {"at": "now"}


@app.post("/attempt/<int:attempt>/finish")
@login_required
def finish(attempt: int) -> Any:
    _own(attempt)
    with writing() as s:
        right = s.scalar(
            select(func.count())
            .select_from(Answer)
            .join(Question, Question.id == Answer.question)
            .where(Answer.attempt == attempt, Answer.value == Question.answer)
        )
        s.get_one(Attempt, attempt).score = right
    return redirect(f"/attempt/{attempt}/result")


@app.get("/attempt/<int:attempt>/result")
@login_required
def result(attempt: int) -> str:
    score = _own(attempt).score
    return render_template("result.html", title="Resultado", score=score, total=QUESTIONS)


def _own(attempt: int) -> Attempt:
    return (
        session()
        .scalars(select(Attempt).where(Attempt.id == attempt, Attempt.person == current_user.id))
        .one()
    )

"""The composition root: one application from settings, all parts put together in one place."""

from collections.abc import Callable
from datetime import datetime
from typing import Any

from flask import Flask
from jinja2 import select_autoescape
from werkzeug.middleware.proxy_fix import ProxyFix

from lms import logs, wiring
from lms.desk.views.frame import page_parts
from lms.foundation.db.database import Database
from lms.foundation.files.store import store_for
from lms.foundation.jobs import actions as jobs
from lms.foundation.jobs.bell import Bell
from lms.foundation.jobs.runner import run_due
from lms.foundation.kernel.clock import utc_now
from lms.foundation.locale import formats
from lms.foundation.mail.transports import transport_for
from lms.foundation.web import (
    assets,
    closing,
    compress,
    csrf,
    errors,
    flash,
    guard,
    headers,
    identity,
    locale,
    macros,
    page,
    reading,
    requests,
)
from lms.foundation.web.bodies import SpoolBodies
from lms.foundation.web.closing import Closing
from lms.foundation.web.reading import db
from lms.settings import Settings, load


def create_app(
    settings: Settings | None = None, *, clock: Callable[[], datetime] = utc_now
) -> Flask:
    """The whole application for these settings (by default those of the environment)."""
    settings = settings or load()
    logs.install(
        settings.log_format,
        settings.log_level,
        about=requests.about,
        propagate=settings.testing,
    )
    app = Flask("lms", static_folder=None, template_folder="foundation/web/templates")
    app.config.update(config_of(settings))
    app.secret_key = settings.secret_key
    # Letters (.txt) are plain text; what becomes HTML of them is escaped where it does.
    escaped = select_autoescape(disabled_extensions=("txt",), default=True)
    app.jinja_options = {"trim_blocks": True, "lstrip_blocks": True, "autoescape": escaped}
    app.url_map.strict_slashes = False
    app.extensions["cabildo.settings"] = settings
    app.extensions["cabildo.clock"] = clock

    requests.install(app)
    closing.install(app)
    reading.install(app)
    flash.install(app)
    macros.install(app)
    assets.install(app)
    formats.install(app)
    compress.install(app)
    headers.install(app)
    errors.install(app)
    wiring.connect()
    identity.install(app, wiring.identity_by_token)
    locale.install(app, locale_of_site=wiring.locale_of_site, zone_of_site=wiring.zone_of_site)
    csrf.install(app)
    page.install(app, page_parts())
    for blueprint in wiring.blueprints():
        app.register_blueprint(blueprint)
    guard.install(app)
    _put_together(app, settings, clock)
    if settings.proxies:
        app.wsgi_app = ProxyFix(  # type: ignore[method-assign]
            app.wsgi_app, x_for=settings.proxies, x_proto=settings.proxies, x_host=settings.proxies
        )
    app.wsgi_app = SpoolBodies(  # type: ignore[method-assign, assignment]
        app.wsgi_app,
        places=settings.places_in_use,
        largest=settings.upload_megabytes * 1_000_000,
    )
    return app


def config_of(settings: Settings) -> dict[str, Any]:
    """What Flask and its extensions read from their configuration."""
    return {
        "TESTING": settings.testing,
        "PROPAGATE_EXCEPTIONS": settings.testing,
        "SQLALCHEMY_DATABASE_URI": settings.database_url,
        "POOL_SIZE": settings.places_in_use + 4,
        "SESSION_COOKIE_NAME": "cabildo_flash",
        "SESSION_COOKIE_SECURE": settings.https,
        "SESSION_COOKIE_SAMESITE": "Lax",
        "PUBLIC_URL": settings.public_url,
        "MAIL_FROM": settings.mail_from,
        "LANGUAGE": settings.language,
        "SESSION_DAYS": settings.session_days,
        "UPLOAD_MEGABYTES": settings.upload_megabytes,
        "MAX_CONTENT_LENGTH": settings.upload_megabytes * 1_000_000,
        "MAX_FORM_MEMORY_SIZE": 2_000_000,
        "MAX_FORM_PARTS": 2000,
    }


def _put_together(app: Flask, settings: Settings, clock: Callable[[], datetime]) -> None:
    """Database, files, mail and jobs, each behind its port."""
    with app.app_context():
        database = Database(db.engine, clock=clock)
    database.wiring = wiring.SUBSCRIBERS
    database.later = jobs.enqueue_fact
    app.extensions["cabildo.database"] = database
    app.extensions["cabildo.files"] = store_for(settings.files_url)
    app.extensions["cabildo.mail"] = transport_for(settings.mail_url)

    def forget() -> None:
        database.engine.dispose()  # what is remembered is remembered by pool
        app.extensions.pop("cabildo.site", None)

    door = app.extensions["cabildo.closing"] = Closing(settings.data_dir, forget)

    def work_due() -> None:
        if not door.is_closed():
            with app.app_context():
                run_due(database, wiring.TASKS)

    bell = Bell(settings.jobs_url, settings.secret_key, work_due)
    app.extensions["cabildo.bell"] = bell
    app.extensions["cabildo.work_due"] = work_due
    database.ring = bell.ring

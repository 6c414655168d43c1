"""The first tables: people, catalogue, enrollment, learning, assessment, grading, certificates."""

import sqlalchemy as sa
from alembic import op
from sqlalchemy.dialects import postgresql

revision = "0001"
down_revision = None

Moment = sa.DateTime(timezone=True)
Json = sa.JSON().with_variant(postgresql.JSONB(), "postgresql")
BigKey = sa.BigInteger().with_variant(sa.Integer(), "sqlite")
Folded = sa.String().with_variant(postgresql.VARCHAR(collation="C"), "postgresql")


def upgrade() -> None:
    op.create_table(
        "audit_entry",
        sa.Column("id", BigKey, nullable=False),
        sa.Column("uid", sa.Uuid(), nullable=False),
        sa.Column("at", Moment, nullable=False),
        sa.Column("deed", sa.String(), nullable=False),
        sa.Column("actor_id", sa.BigInteger(), nullable=True),
        sa.Column("acting_as_id", sa.BigInteger(), nullable=True),
        sa.Column("channel", sa.String(), nullable=False),
        sa.Column("institution_id", sa.BigInteger(), nullable=True),
        sa.Column("subject_kind", sa.String(), nullable=False),
        sa.Column("subject_uid", sa.Uuid(), nullable=True),
        sa.Column("detail", Json, nullable=False),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_audit_entry")),
        sa.UniqueConstraint("uid", name=op.f("uq_audit_entry_uid")),
    )
    op.create_index(op.f("ix_audit_entry_actor_id"), "audit_entry", ["actor_id"], unique=False)
    op.create_index(op.f("ix_audit_entry_at"), "audit_entry", ["at"], unique=False)
    op.create_index(
        op.f("ix_audit_entry_institution_id"), "audit_entry", ["institution_id"], unique=False
    )
    op.create_index(
        "ix_audit_entry_subject", "audit_entry", ["subject_kind", "subject_uid"], unique=False
    )
    op.create_table(
        "blob",
        sa.Column("sha256", sa.String(length=64), nullable=False),
        sa.Column("size", sa.BigInteger(), nullable=False),
        sa.Column("media_type", sa.String(), nullable=False),
        sa.Column("created_at", Moment, nullable=False),
        sa.PrimaryKeyConstraint("sha256", name=op.f("pk_blob")),
    )
    op.create_table(
        "count",
        sa.Column("key", sa.String(length=160), nullable=False),
        sa.Column("window", sa.BigInteger(), autoincrement=False, nullable=False),
        sa.Column("times", sa.Integer(), nullable=False),
        sa.Column("ends_at", Moment, nullable=False),
        sa.PrimaryKeyConstraint("key", "window", name=op.f("pk_count")),
    )
    op.create_table(
        "form_receipt",
        sa.Column("key", sa.String(length=64), nullable=False),
        sa.Column("person_id", sa.BigInteger(), nullable=True),
        sa.Column("endpoint", sa.String(), nullable=False),
        sa.Column("body_sha256", sa.String(length=64), nullable=False),
        sa.Column("location", sa.String(), nullable=False),
        sa.Column("said", sa.String(), nullable=False),
        sa.Column("at", Moment, nullable=False),
        sa.PrimaryKeyConstraint("key", name=op.f("pk_form_receipt")),
    )
    op.create_index("ix_form_receipt_at", "form_receipt", ["at"], unique=False)
    op.create_table(
        "institution",
        sa.Column("id", BigKey, nullable=False),
        sa.Column("uid", sa.Uuid(), nullable=False),
        sa.Column("key", sa.String(), nullable=False),
        sa.Column("name", sa.String(), nullable=False),
        sa.Column("short_name", sa.String(), nullable=False),
        sa.Column("place", sa.String(), nullable=False),
        sa.Column("country", sa.String(), nullable=False),
        sa.Column("locale", sa.String(), nullable=False),
        sa.Column("zone", sa.String(), nullable=False),
        sa.Column("scale", sa.String(), nullable=False),
        sa.Column("pass_mark", sa.BigInteger(), nullable=False),
        sa.Column("academic_hour_minutes", sa.Integer(), nullable=False),
        sa.Column("hue", sa.String(), nullable=False),
        sa.Column("contact", sa.String(), nullable=False),
        sa.Column("demo", sa.Boolean(), nullable=False),
        sa.Column("parent_id", sa.BigInteger(), nullable=True),
        sa.Column("created_at", Moment, nullable=False),
        sa.ForeignKeyConstraint(
            ["parent_id"], ["institution.id"], name=op.f("fk_institution_parent_id")
        ),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_institution")),
        sa.UniqueConstraint("key", name=op.f("uq_institution_key")),
        sa.UniqueConstraint("uid", name=op.f("uq_institution_uid")),
    )
    op.create_table(
        "job",
        sa.Column("id", BigKey, nullable=False),
        sa.Column("uid", sa.Uuid(), nullable=False),
        sa.Column("task", sa.String(), nullable=False),
        sa.Column("key", sa.String(), nullable=False),
        sa.Column("payload", Json, nullable=False),
        sa.Column("state", sa.String(), nullable=False),
        sa.Column("due_at", Moment, nullable=False),
        sa.Column("leased_until", Moment, nullable=True),
        sa.Column("attempts", sa.Integer(), nullable=False),
        sa.Column("last_error", sa.String(), nullable=True),
        sa.Column("created_at", Moment, nullable=False),
        sa.Column("done_at", Moment, nullable=True),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_job")),
        sa.UniqueConstraint("task", "key", name=op.f("uq_job_task_key")),
        sa.UniqueConstraint("uid", name=op.f("uq_job_uid")),
    )
    op.create_index("ix_job_state_due_at", "job", ["state", "due_at"], unique=False)
    op.create_table(
        "log_head",
        sa.Column("id", BigKey, nullable=False),
        sa.Column("origin", sa.String(), nullable=False),
        sa.Column("size", sa.BigInteger(), nullable=False),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_log_head")),
    )
    op.create_table(
        "person",
        sa.Column("id", BigKey, nullable=False),
        sa.Column("uid", sa.Uuid(), nullable=False),
        sa.Column("given_names", sa.String(), nullable=False),
        sa.Column("first_surname", sa.String(), nullable=False),
        sa.Column("second_surname", sa.String(), nullable=True),
        sa.Column("search", Folded, nullable=False),
        sa.Column("name_confirmed_at", Moment, nullable=True),
        sa.Column("country", sa.String(), nullable=False),
        sa.Column("language", sa.String(), nullable=False),
        sa.Column("zone", sa.String(), nullable=True),
        sa.Column("password_hash", sa.String(), nullable=True),
        sa.Column("state", sa.String(), nullable=False),
        sa.Column("demo", sa.Boolean(), nullable=False),
        sa.Column("consented_at", Moment, nullable=True),
        sa.Column("consent_version", sa.String(), nullable=True),
        sa.Column("created_at", Moment, nullable=False),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_person")),
        sa.UniqueConstraint("uid", name=op.f("uq_person_uid")),
    )
    op.create_index(op.f("ix_person_search"), "person", ["search"], unique=False)
    op.create_table(
        "source_text",
        sa.Column("sha256", sa.String(length=64), nullable=False),
        sa.Column("text", sa.String(), nullable=False),
        sa.PrimaryKeyConstraint("sha256", name=op.f("pk_source_text")),
    )
    op.create_table(
        "audit_personal",
        sa.Column("entry_id", BigKey, autoincrement=False, nullable=False),
        sa.Column("values", Json, nullable=False),
        sa.ForeignKeyConstraint(
            ["entry_id"], ["audit_entry.id"], name=op.f("fk_audit_personal_entry_id")
        ),
        sa.PrimaryKeyConstraint("entry_id", name=op.f("pk_audit_personal")),
    )
    op.create_table(
        "course",
        sa.Column("id", BigKey, nullable=False),
        sa.Column("uid", sa.Uuid(), nullable=False),
        sa.Column("key", sa.String(), nullable=False),
        sa.Column("created_at", Moment, nullable=False),
        sa.Column("institution_id", sa.BigInteger(), nullable=False),
        sa.ForeignKeyConstraint(
            ["institution_id"], ["institution.id"], name=op.f("fk_course_institution_id")
        ),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_course")),
        sa.UniqueConstraint("institution_id", "key", name=op.f("uq_course_institution_id_key")),
        sa.UniqueConstraint("uid", name=op.f("uq_course_uid")),
    )
    op.create_index(op.f("ix_course_institution_id"), "course", ["institution_id"], unique=False)
    op.create_table(
        "credential",
        sa.Column("id", BigKey, nullable=False),
        sa.Column("uid", sa.Uuid(), nullable=False),
        sa.Column("code", sa.String(length=32), nullable=False),
        sa.Column("kind", sa.String(), nullable=False),
        sa.Column("enrollment_id", sa.BigInteger(), nullable=False),
        sa.Column("course_version_id", sa.BigInteger(), nullable=False),
        sa.Column("person_id", sa.BigInteger(), nullable=False),
        sa.Column("cohort_id", sa.BigInteger(), nullable=False),
        sa.Column("series", sa.String(), nullable=False),
        sa.Column("number", sa.Integer(), nullable=False),
        sa.Column("edition", sa.Integer(), nullable=False),
        sa.Column("holder_sort", Folded, nullable=False),
        sa.Column("status", sa.String(), nullable=False),
        sa.Column("record", sa.String(), nullable=False),
        sa.Column("salt", sa.LargeBinary(), nullable=False),
        sa.Column("leaf", sa.String(length=64), nullable=False),
        sa.Column("leaf_index", sa.BigInteger(), nullable=False),
        sa.Column("issued_at", Moment, nullable=False),
        sa.Column("issued_by_id", sa.BigInteger(), nullable=True),
        sa.Column("sealed_at", Moment, nullable=True),
        sa.Column("sealed_sha256", sa.String(length=64), nullable=True),
        sa.Column("institution_id", sa.BigInteger(), nullable=False),
        sa.ForeignKeyConstraint(
            ["institution_id"], ["institution.id"], name=op.f("fk_credential_institution_id")
        ),
        sa.ForeignKeyConstraint(
            ["sealed_sha256"], ["blob.sha256"], name=op.f("fk_credential_sealed_sha256")
        ),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_credential")),
        sa.UniqueConstraint("code", name=op.f("uq_credential_code")),
        sa.UniqueConstraint(
            "institution_id",
            "series",
            "number",
            "edition",
            name=op.f("uq_credential_institution_id_series_number_edition"),
        ),
        sa.UniqueConstraint(
            "kind",
            "enrollment_id",
            "course_version_id",
            "edition",
            name=op.f("uq_credential_kind_enrollment_id_course_version_id_edition"),
        ),
        sa.UniqueConstraint("leaf_index", name=op.f("uq_credential_leaf_index")),
        sa.UniqueConstraint("uid", name=op.f("uq_credential_uid")),
    )
    op.create_index(op.f("ix_credential_cohort_id"), "credential", ["cohort_id"], unique=False)
    op.create_index(
        op.f("ix_credential_enrollment_id"), "credential", ["enrollment_id"], unique=False
    )
    op.create_index(
        op.f("ix_credential_institution_id"), "credential", ["institution_id"], unique=False
    )
    op.create_index(op.f("ix_credential_person_id"), "credential", ["person_id"], unique=False)
    op.create_table(
        "grant",
        sa.Column("id", BigKey, nullable=False),
        sa.Column("uid", sa.Uuid(), nullable=False),
        sa.Column("person_id", sa.BigInteger(), nullable=False),
        sa.Column("role", sa.String(), nullable=False),
        sa.Column("kind", sa.String(), nullable=False),
        sa.Column("cohort_id", sa.BigInteger(), nullable=True),
        sa.Column("course_id", sa.BigInteger(), nullable=True),
        sa.Column("starts_at", Moment, nullable=False),
        sa.Column("ends_at", Moment, nullable=True),
        sa.Column("institution_id", sa.BigInteger(), nullable=False),
        sa.ForeignKeyConstraint(
            ["institution_id"], ["institution.id"], name=op.f("fk_grant_institution_id")
        ),
        sa.ForeignKeyConstraint(["person_id"], ["person.id"], name=op.f("fk_grant_person_id")),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_grant")),
        sa.UniqueConstraint("uid", name=op.f("uq_grant_uid")),
    )
    op.create_index(op.f("ix_grant_institution_id"), "grant", ["institution_id"], unique=False)
    op.create_index("ix_grant_person_id", "grant", ["person_id"], unique=False)
    op.create_table(
        "identifier",
        sa.Column("id", BigKey, nullable=False),
        sa.Column("uid", sa.Uuid(), nullable=False),
        sa.Column("person_id", sa.BigInteger(), nullable=False),
        sa.Column("kind", sa.String(), nullable=False),
        sa.Column("value", sa.String(), nullable=False),
        sa.Column("shown", sa.String(), nullable=False),
        sa.Column("verified_at", Moment, nullable=True),
        sa.Column("verified_by", sa.String(), nullable=True),
        sa.Column("created_at", Moment, nullable=False),
        sa.ForeignKeyConstraint(["person_id"], ["person.id"], name=op.f("fk_identifier_person_id")),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_identifier")),
        sa.UniqueConstraint("kind", "value", name=op.f("uq_identifier_kind_value")),
        sa.UniqueConstraint("uid", name=op.f("uq_identifier_uid")),
    )
    op.create_index(op.f("ix_identifier_person_id"), "identifier", ["person_id"], unique=False)
    op.create_table(
        "installation",
        sa.Column("id", BigKey, nullable=False),
        sa.Column("version", sa.Integer(), nullable=False),
        sa.Column("institution_id", sa.BigInteger(), nullable=True),
        sa.ForeignKeyConstraint(
            ["institution_id"], ["institution.id"], name=op.f("fk_installation_institution_id")
        ),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_installation")),
    )
    op.create_table(
        "letter",
        sa.Column("id", BigKey, nullable=False),
        sa.Column("uid", sa.Uuid(), nullable=False),
        sa.Column("person_id", sa.BigInteger(), nullable=True),
        sa.Column("address", sa.String(), nullable=False),
        sa.Column("template", sa.String(), nullable=False),
        sa.Column("context", Json, nullable=False),
        sa.Column("link", sa.String(), nullable=True),
        sa.Column("locale", sa.String(), nullable=False),
        sa.Column("zone", sa.String(), nullable=False),
        sa.Column("sender_name", sa.String(), nullable=False),
        sa.Column("state", sa.String(), nullable=False),
        sa.Column("created_at", Moment, nullable=False),
        sa.Column("sent_at", Moment, nullable=True),
        sa.Column("last_error", sa.String(), nullable=True),
        sa.ForeignKeyConstraint(["person_id"], ["person.id"], name=op.f("fk_letter_person_id")),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_letter")),
        sa.UniqueConstraint("uid", name=op.f("uq_letter_uid")),
    )
    op.create_index(op.f("ix_letter_person_id"), "letter", ["person_id"], unique=False)
    op.create_index(op.f("ix_letter_state"), "letter", ["state"], unique=False)
    op.create_table(
        "login_session",
        sa.Column("id", BigKey, nullable=False),
        sa.Column("uid", sa.Uuid(), nullable=False),
        sa.Column("token_hash", sa.String(length=64), nullable=False),
        sa.Column("person_id", sa.BigInteger(), nullable=False),
        sa.Column("device", sa.String(), nullable=False),
        sa.Column("created_at", Moment, nullable=False),
        sa.Column("expires_at", Moment, nullable=False),
        sa.Column("revoked_at", Moment, nullable=True),
        sa.ForeignKeyConstraint(
            ["person_id"], ["person.id"], name=op.f("fk_login_session_person_id")
        ),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_login_session")),
        sa.UniqueConstraint("token_hash", name=op.f("uq_login_session_token_hash")),
        sa.UniqueConstraint("uid", name=op.f("uq_login_session_uid")),
    )
    op.create_index(
        op.f("ix_login_session_person_id"), "login_session", ["person_id"], unique=False
    )
    op.create_table(
        "notice",
        sa.Column("id", BigKey, nullable=False),
        sa.Column("uid", sa.Uuid(), nullable=False),
        sa.Column("person_id", sa.BigInteger(), nullable=False),
        sa.Column("template", sa.String(), nullable=False),
        sa.Column("context", Json, nullable=False),
        sa.Column("link", sa.String(), nullable=True),
        sa.Column("created_at", Moment, nullable=False),
        sa.Column("read_at", Moment, nullable=True),
        sa.ForeignKeyConstraint(["person_id"], ["person.id"], name=op.f("fk_notice_person_id")),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_notice")),
        sa.UniqueConstraint("uid", name=op.f("uq_notice_uid")),
    )
    op.create_index(
        "ix_notice_person_id_created_at", "notice", ["person_id", "created_at"], unique=False
    )
    op.create_table(
        "one_time_code",
        sa.Column("id", BigKey, nullable=False),
        sa.Column("uid", sa.Uuid(), nullable=False),
        sa.Column("person_id", sa.BigInteger(), nullable=False),
        sa.Column("purpose", sa.String(), nullable=False),
        sa.Column("code_hash", sa.String(length=64), nullable=False),
        sa.Column("target", sa.String(), nullable=True),
        sa.Column("created_at", Moment, nullable=False),
        sa.Column("expires_at", Moment, nullable=False),
        sa.Column("used_at", Moment, nullable=True),
        sa.ForeignKeyConstraint(
            ["person_id"], ["person.id"], name=op.f("fk_one_time_code_person_id")
        ),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_one_time_code")),
        sa.UniqueConstraint("uid", name=op.f("uq_one_time_code_uid")),
    )
    op.create_index("ix_one_time_code_code_hash", "one_time_code", ["code_hash"], unique=False)
    op.create_index(
        op.f("ix_one_time_code_person_id"), "one_time_code", ["person_id"], unique=False
    )
    op.create_table(
        "post",
        sa.Column("id", BigKey, nullable=False),
        sa.Column("uid", sa.Uuid(), nullable=False),
        sa.Column("person_id", sa.BigInteger(), nullable=False),
        sa.Column("country", sa.String(), nullable=False),
        sa.Column("region", sa.String(), nullable=False),
        sa.Column("municipality", sa.String(), nullable=False),
        sa.Column("position", sa.String(), nullable=False),
        sa.Column("starts_on", sa.Date(), nullable=True),
        sa.Column("ends_on", sa.Date(), nullable=True),
        sa.ForeignKeyConstraint(["person_id"], ["person.id"], name=op.f("fk_post_person_id")),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_post")),
        sa.UniqueConstraint("uid", name=op.f("uq_post_uid")),
    )
    op.create_index(op.f("ix_post_person_id"), "post", ["person_id"], unique=False)
    op.create_table(
        "programme",
        sa.Column("id", BigKey, nullable=False),
        sa.Column("uid", sa.Uuid(), nullable=False),
        sa.Column("key", sa.String(), nullable=False),
        sa.Column("slug", sa.String(), nullable=False),
        sa.Column("created_at", Moment, nullable=False),
        sa.Column("withdrawn_at", Moment, nullable=True),
        sa.Column("current_version_id", sa.BigInteger(), nullable=True),
        sa.Column("institution_id", sa.BigInteger(), nullable=False),
        sa.ForeignKeyConstraint(
            ["institution_id"], ["institution.id"], name=op.f("fk_programme_institution_id")
        ),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_programme")),
        sa.UniqueConstraint("institution_id", "key", name=op.f("uq_programme_institution_id_key")),
        sa.UniqueConstraint("slug", name=op.f("uq_programme_slug")),
        sa.UniqueConstraint("uid", name=op.f("uq_programme_uid")),
    )
    op.create_index(
        op.f("ix_programme_institution_id"), "programme", ["institution_id"], unique=False
    )
    op.create_table(
        "series",
        sa.Column("id", BigKey, nullable=False),
        sa.Column("key", sa.String(), nullable=False),
        sa.Column("last_number", sa.Integer(), nullable=False),
        sa.Column("institution_id", sa.BigInteger(), nullable=False),
        sa.ForeignKeyConstraint(
            ["institution_id"], ["institution.id"], name=op.f("fk_series_institution_id")
        ),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_series")),
        sa.UniqueConstraint("institution_id", "key", name=op.f("uq_series_institution_id_key")),
    )
    op.create_index(op.f("ix_series_institution_id"), "series", ["institution_id"], unique=False)
    op.create_table(
        "signer",
        sa.Column("id", BigKey, nullable=False),
        sa.Column("uid", sa.Uuid(), nullable=False),
        sa.Column("name", sa.String(), nullable=False),
        sa.Column("position", sa.String(), nullable=False),
        sa.Column("order", sa.Integer(), nullable=False),
        sa.Column("starts_on", sa.Date(), nullable=False),
        sa.Column("ends_on", sa.Date(), nullable=True),
        sa.Column("institution_id", sa.BigInteger(), nullable=False),
        sa.ForeignKeyConstraint(
            ["institution_id"], ["institution.id"], name=op.f("fk_signer_institution_id")
        ),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_signer")),
        sa.UniqueConstraint("uid", name=op.f("uq_signer_uid")),
    )
    op.create_index(op.f("ix_signer_institution_id"), "signer", ["institution_id"], unique=False)
    op.create_table(
        "course_version",
        sa.Column("id", BigKey, nullable=False),
        sa.Column("uid", sa.Uuid(), nullable=False),
        sa.Column("course_id", sa.BigInteger(), nullable=False),
        sa.Column("number", sa.Integer(), nullable=False),
        sa.Column("published_at", Moment, nullable=False),
        sa.Column("source_sha256", sa.String(length=64), nullable=False),
        sa.Column("key", sa.String(), nullable=False),
        sa.Column("title", sa.String(), nullable=False),
        sa.Column("summary", sa.String(), nullable=False),
        sa.Column("state", sa.String(), nullable=False),
        sa.Column("order", sa.String(), nullable=False),
        sa.Column("hours", sa.Integer(), nullable=False),
        sa.Column("minutes", sa.Integer(), nullable=False),
        sa.Column("kilobytes", sa.Integer(), nullable=False),
        sa.Column("pass_mark", sa.BigInteger(), nullable=False),
        sa.Column("outcomes", Json, nullable=False),
        sa.Column("detail", Json, nullable=False),
        sa.Column("institution_id", sa.BigInteger(), nullable=False),
        sa.ForeignKeyConstraint(
            ["course_id"], ["course.id"], name=op.f("fk_course_version_course_id")
        ),
        sa.ForeignKeyConstraint(
            ["institution_id"], ["institution.id"], name=op.f("fk_course_version_institution_id")
        ),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_course_version")),
        sa.UniqueConstraint("course_id", "number", name=op.f("uq_course_version_course_id_number")),
        sa.UniqueConstraint("uid", name=op.f("uq_course_version_uid")),
    )
    op.create_index(
        op.f("ix_course_version_course_id"), "course_version", ["course_id"], unique=False
    )
    op.create_index(
        op.f("ix_course_version_institution_id"), "course_version", ["institution_id"], unique=False
    )
    op.create_table(
        "programme_version",
        sa.Column("id", BigKey, nullable=False),
        sa.Column("uid", sa.Uuid(), nullable=False),
        sa.Column("programme_id", sa.BigInteger(), nullable=False),
        sa.Column("number", sa.Integer(), nullable=False),
        sa.Column("published_at", Moment, nullable=False),
        sa.Column("source_sha256", sa.String(length=64), nullable=False),
        sa.Column("title", sa.String(), nullable=False),
        sa.Column("title_folded", Folded, nullable=False),
        sa.Column("search", Folded, nullable=False),
        sa.Column("kind", sa.String(), nullable=False),
        sa.Column("language", sa.String(), nullable=False),
        sa.Column("country", sa.String(), nullable=False),
        sa.Column("hours", sa.Integer(), nullable=False),
        sa.Column("academic_hour_minutes", sa.Integer(), nullable=False),
        sa.Column("summary", sa.String(), nullable=False),
        sa.Column("audience", sa.String(), nullable=False),
        sa.Column("topics", sa.String(), nullable=False),
        sa.Column("modes", sa.String(), nullable=False),
        sa.Column("hue", sa.String(), nullable=False),
        sa.Column("icon", sa.String(), nullable=False),
        sa.Column("kilobytes", sa.Integer(), nullable=False),
        sa.Column("detail", Json, nullable=False),
        sa.Column("institution_id", sa.BigInteger(), nullable=False),
        sa.ForeignKeyConstraint(
            ["institution_id"], ["institution.id"], name=op.f("fk_programme_version_institution_id")
        ),
        sa.ForeignKeyConstraint(
            ["programme_id"], ["programme.id"], name=op.f("fk_programme_version_programme_id")
        ),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_programme_version")),
        sa.UniqueConstraint(
            "programme_id", "number", name=op.f("uq_programme_version_programme_id_number")
        ),
        sa.UniqueConstraint("uid", name=op.f("uq_programme_version_uid")),
    )
    op.create_index(
        op.f("ix_programme_version_institution_id"),
        "programme_version",
        ["institution_id"],
        unique=False,
    )
    op.create_index(op.f("ix_programme_version_kind"), "programme_version", ["kind"], unique=False)
    op.create_index(
        op.f("ix_programme_version_programme_id"),
        "programme_version",
        ["programme_id"],
        unique=False,
    )
    op.create_index(
        "ix_programme_version_title_folded", "programme_version", ["title_folded"], unique=False
    )
    op.create_table(
        "question",
        sa.Column("id", BigKey, nullable=False),
        sa.Column("uid", sa.Uuid(), nullable=False),
        sa.Column("course_id", sa.BigInteger(), nullable=False),
        sa.Column("key", sa.String(), nullable=False),
        sa.Column("created_at", Moment, nullable=False),
        sa.Column("institution_id", sa.BigInteger(), nullable=False),
        sa.ForeignKeyConstraint(["course_id"], ["course.id"], name=op.f("fk_question_course_id")),
        sa.ForeignKeyConstraint(
            ["institution_id"], ["institution.id"], name=op.f("fk_question_institution_id")
        ),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_question")),
        sa.UniqueConstraint("course_id", "key", name=op.f("uq_question_course_id_key")),
        sa.UniqueConstraint("uid", name=op.f("uq_question_uid")),
    )
    op.create_index(
        op.f("ix_question_institution_id"), "question", ["institution_id"], unique=False
    )
    op.create_table(
        "cohort",
        sa.Column("id", BigKey, nullable=False),
        sa.Column("uid", sa.Uuid(), nullable=False),
        sa.Column("key", sa.String(), nullable=False),
        sa.Column("title", sa.String(), nullable=False),
        sa.Column("title_folded", Folded, nullable=False),
        sa.Column("programme_id", sa.BigInteger(), nullable=False),
        sa.Column("programme_version_id", sa.BigInteger(), nullable=False),
        sa.Column("mode", sa.String(), nullable=False),
        sa.Column("door", sa.String(), nullable=False),
        sa.Column("capacity", sa.Integer(), nullable=True),
        sa.Column("enrollment_opens_at", Moment, nullable=False),
        sa.Column("enrollment_closes_at", Moment, nullable=False),
        sa.Column("starts_at", Moment, nullable=False),
        sa.Column("ends_at", Moment, nullable=False),
        sa.Column("policy", Json, nullable=False),
        sa.Column("calendar", Json, nullable=False),
        sa.Column("created_at", Moment, nullable=False),
        sa.Column("closed_at", Moment, nullable=True),
        sa.Column("institution_id", sa.BigInteger(), nullable=False),
        sa.ForeignKeyConstraint(
            ["institution_id"], ["institution.id"], name=op.f("fk_cohort_institution_id")
        ),
        sa.ForeignKeyConstraint(
            ["programme_id"], ["programme.id"], name=op.f("fk_cohort_programme_id")
        ),
        sa.ForeignKeyConstraint(
            ["programme_version_id"],
            ["programme_version.id"],
            name=op.f("fk_cohort_programme_version_id"),
        ),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_cohort")),
        sa.UniqueConstraint("institution_id", "key", name=op.f("uq_cohort_institution_id_key")),
        sa.UniqueConstraint("uid", name=op.f("uq_cohort_uid")),
    )
    op.create_index(op.f("ix_cohort_institution_id"), "cohort", ["institution_id"], unique=False)
    op.create_index(
        "ix_cohort_programme_id_starts_at", "cohort", ["programme_id", "starts_at"], unique=False
    )
    op.create_index(
        op.f("ix_cohort_programme_version_id"), "cohort", ["programme_version_id"], unique=False
    )
    op.create_table(
        "course_fact",
        sa.Column("id", BigKey, nullable=False),
        sa.Column("uid", sa.Uuid(), nullable=False),
        sa.Column("course_version_id", sa.BigInteger(), nullable=False),
        sa.Column("key", sa.String(), nullable=False),
        sa.Column("text", sa.String(), nullable=False),
        sa.Column("source", sa.String(), nullable=False),
        sa.Column("article", sa.String(), nullable=True),
        sa.Column("url", sa.String(), nullable=True),
        sa.Column("verified_on", sa.Date(), nullable=True),
        sa.Column("expires", sa.Date(), nullable=True),
        sa.Column("doubtful", sa.Boolean(), nullable=False),
        sa.Column("institution_id", sa.BigInteger(), nullable=False),
        sa.ForeignKeyConstraint(
            ["course_version_id"],
            ["course_version.id"],
            name=op.f("fk_course_fact_course_version_id"),
        ),
        sa.ForeignKeyConstraint(
            ["institution_id"], ["institution.id"], name=op.f("fk_course_fact_institution_id")
        ),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_course_fact")),
        sa.UniqueConstraint(
            "course_version_id", "key", name=op.f("uq_course_fact_course_version_id_key")
        ),
        sa.UniqueConstraint("uid", name=op.f("uq_course_fact_uid")),
    )
    op.create_index(
        op.f("ix_course_fact_institution_id"), "course_fact", ["institution_id"], unique=False
    )
    op.create_table(
        "module",
        sa.Column("id", BigKey, nullable=False),
        sa.Column("uid", sa.Uuid(), nullable=False),
        sa.Column("course_version_id", sa.BigInteger(), nullable=False),
        sa.Column("key", sa.String(), nullable=False),
        sa.Column("title", sa.String(), nullable=False),
        sa.Column("outcome", sa.String(), nullable=False),
        sa.Column("hours", sa.Integer(), nullable=False),
        sa.Column("position", sa.Integer(), nullable=False),
        sa.Column("detail", Json, nullable=False),
        sa.Column("institution_id", sa.BigInteger(), nullable=False),
        sa.ForeignKeyConstraint(
            ["course_version_id"], ["course_version.id"], name=op.f("fk_module_course_version_id")
        ),
        sa.ForeignKeyConstraint(
            ["institution_id"], ["institution.id"], name=op.f("fk_module_institution_id")
        ),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_module")),
        sa.UniqueConstraint(
            "course_version_id", "key", name=op.f("uq_module_course_version_id_key")
        ),
        sa.UniqueConstraint("uid", name=op.f("uq_module_uid")),
    )
    op.create_index(op.f("ix_module_institution_id"), "module", ["institution_id"], unique=False)
    op.create_table(
        "programme_course",
        sa.Column("id", BigKey, nullable=False),
        sa.Column("programme_version_id", sa.BigInteger(), nullable=False),
        sa.Column("course_version_id", sa.BigInteger(), nullable=False),
        sa.Column("position", sa.Integer(), nullable=False),
        sa.Column("institution_id", sa.BigInteger(), nullable=False),
        sa.ForeignKeyConstraint(
            ["course_version_id"],
            ["course_version.id"],
            name=op.f("fk_programme_course_course_version_id"),
        ),
        sa.ForeignKeyConstraint(
            ["institution_id"], ["institution.id"], name=op.f("fk_programme_course_institution_id")
        ),
        sa.ForeignKeyConstraint(
            ["programme_version_id"],
            ["programme_version.id"],
            name=op.f("fk_programme_course_programme_version_id"),
        ),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_programme_course")),
        sa.UniqueConstraint(
            "programme_version_id",
            "position",
            name=op.f("uq_programme_course_programme_version_id_position"),
        ),
    )
    op.create_index(
        op.f("ix_programme_course_course_version_id"),
        "programme_course",
        ["course_version_id"],
        unique=False,
    )
    op.create_index(
        op.f("ix_programme_course_institution_id"),
        "programme_course",
        ["institution_id"],
        unique=False,
    )
    op.create_table(
        "question_version",
        sa.Column("id", BigKey, nullable=False),
        sa.Column("uid", sa.Uuid(), nullable=False),
        sa.Column("question_id", sa.BigInteger(), nullable=False),
        sa.Column("sha256", sa.String(length=64), nullable=False),
        sa.Column("type", sa.String(), nullable=False),
        sa.Column("points", sa.BigInteger(), nullable=False),
        sa.Column("source", Json, nullable=False),
        sa.Column("created_at", Moment, nullable=False),
        sa.Column("institution_id", sa.BigInteger(), nullable=False),
        sa.ForeignKeyConstraint(
            ["institution_id"], ["institution.id"], name=op.f("fk_question_version_institution_id")
        ),
        sa.ForeignKeyConstraint(
            ["question_id"], ["question.id"], name=op.f("fk_question_version_question_id")
        ),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_question_version")),
        sa.UniqueConstraint(
            "question_id", "sha256", name=op.f("uq_question_version_question_id_sha256")
        ),
        sa.UniqueConstraint("uid", name=op.f("uq_question_version_uid")),
    )
    op.create_index(
        op.f("ix_question_version_institution_id"),
        "question_version",
        ["institution_id"],
        unique=False,
    )
    op.create_table(
        "source_file",
        sa.Column("id", BigKey, nullable=False),
        sa.Column("course_version_id", sa.BigInteger(), nullable=True),
        sa.Column("programme_version_id", sa.BigInteger(), nullable=True),
        sa.Column("path", sa.String(), nullable=False),
        sa.Column("sha256", sa.String(length=64), nullable=False),
        sa.Column("size", sa.Integer(), nullable=False),
        sa.Column("is_text", sa.Boolean(), nullable=False),
        sa.Column("institution_id", sa.BigInteger(), nullable=False),
        sa.CheckConstraint(
            "(course_version_id IS NULL) <> (programme_version_id IS NULL)",
            name=op.f("ck_source_file_one_version"),
        ),
        sa.ForeignKeyConstraint(
            ["course_version_id"],
            ["course_version.id"],
            name=op.f("fk_source_file_course_version_id"),
        ),
        sa.ForeignKeyConstraint(
            ["institution_id"], ["institution.id"], name=op.f("fk_source_file_institution_id")
        ),
        sa.ForeignKeyConstraint(
            ["programme_version_id"],
            ["programme_version.id"],
            name=op.f("fk_source_file_programme_version_id"),
        ),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_source_file")),
    )
    op.create_index(
        "ix_source_file_course_version_id_path",
        "source_file",
        ["course_version_id", "path"],
        unique=False,
    )
    op.create_index(
        op.f("ix_source_file_institution_id"), "source_file", ["institution_id"], unique=False
    )
    op.create_index(
        "ix_source_file_programme_version_id_path",
        "source_file",
        ["programme_version_id", "path"],
        unique=False,
    )
    op.create_table(
        "activity",
        sa.Column("id", BigKey, nullable=False),
        sa.Column("uid", sa.Uuid(), nullable=False),
        sa.Column("course_version_id", sa.BigInteger(), nullable=False),
        sa.Column("module_id", sa.BigInteger(), nullable=False),
        sa.Column("key", sa.String(), nullable=False),
        sa.Column("kind", sa.String(), nullable=False),
        sa.Column("title", sa.String(), nullable=False),
        sa.Column("position", sa.Integer(), nullable=False),
        sa.Column("minutes", sa.Integer(), nullable=False),
        sa.Column("bytes", sa.Integer(), nullable=False),
        sa.Column("weight", sa.BigInteger(), nullable=False),
        sa.Column("path", sa.String(), nullable=False),
        sa.Column("content_sha256", sa.String(length=64), nullable=False),
        sa.Column("settings", Json, nullable=False),
        sa.Column("institution_id", sa.BigInteger(), nullable=False),
        sa.ForeignKeyConstraint(
            ["course_version_id"], ["course_version.id"], name=op.f("fk_activity_course_version_id")
        ),
        sa.ForeignKeyConstraint(
            ["institution_id"], ["institution.id"], name=op.f("fk_activity_institution_id")
        ),
        sa.ForeignKeyConstraint(["module_id"], ["module.id"], name=op.f("fk_activity_module_id")),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_activity")),
        sa.UniqueConstraint(
            "course_version_id", "key", name=op.f("uq_activity_course_version_id_key")
        ),
        sa.UniqueConstraint("uid", name=op.f("uq_activity_uid")),
    )
    op.create_index(
        op.f("ix_activity_institution_id"), "activity", ["institution_id"], unique=False
    )
    op.create_index(op.f("ix_activity_module_id"), "activity", ["module_id"], unique=False)
    op.create_table(
        "announcement",
        sa.Column("id", BigKey, nullable=False),
        sa.Column("uid", sa.Uuid(), nullable=False),
        sa.Column("cohort_id", sa.BigInteger(), nullable=False),
        sa.Column("author_id", sa.BigInteger(), nullable=False),
        sa.Column("title", sa.String(), nullable=False),
        sa.Column("body", sa.String(), nullable=False),
        sa.Column("published_at", Moment, nullable=False),
        sa.Column("withdrawn_at", Moment, nullable=True),
        sa.Column("told_up_to", sa.BigInteger(), nullable=False),
        sa.Column("told_at", Moment, nullable=True),
        sa.Column("institution_id", sa.BigInteger(), nullable=False),
        sa.ForeignKeyConstraint(
            ["author_id"], ["person.id"], name=op.f("fk_announcement_author_id")
        ),
        sa.ForeignKeyConstraint(
            ["cohort_id"], ["cohort.id"], name=op.f("fk_announcement_cohort_id")
        ),
        sa.ForeignKeyConstraint(
            ["institution_id"], ["institution.id"], name=op.f("fk_announcement_institution_id")
        ),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_announcement")),
        sa.UniqueConstraint("uid", name=op.f("uq_announcement_uid")),
    )
    op.create_index(op.f("ix_announcement_author_id"), "announcement", ["author_id"], unique=False)
    op.create_index(
        "ix_announcement_cohort_id_published_at",
        "announcement",
        ["cohort_id", "published_at"],
        unique=False,
    )
    op.create_index(
        op.f("ix_announcement_institution_id"), "announcement", ["institution_id"], unique=False
    )
    op.create_table(
        "cohort_course",
        sa.Column("id", BigKey, nullable=False),
        sa.Column("cohort_id", sa.BigInteger(), nullable=False),
        sa.Column("course_version_id", sa.BigInteger(), nullable=False),
        sa.Column("position", sa.Integer(), nullable=False),
        sa.Column("institution_id", sa.BigInteger(), nullable=False),
        sa.ForeignKeyConstraint(
            ["cohort_id"], ["cohort.id"], name=op.f("fk_cohort_course_cohort_id")
        ),
        sa.ForeignKeyConstraint(
            ["course_version_id"],
            ["course_version.id"],
            name=op.f("fk_cohort_course_course_version_id"),
        ),
        sa.ForeignKeyConstraint(
            ["institution_id"], ["institution.id"], name=op.f("fk_cohort_course_institution_id")
        ),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_cohort_course")),
        sa.UniqueConstraint(
            "cohort_id",
            "course_version_id",
            name=op.f("uq_cohort_course_cohort_id_course_version_id"),
        ),
    )
    op.create_index(
        op.f("ix_cohort_course_course_version_id"),
        "cohort_course",
        ["course_version_id"],
        unique=False,
    )
    op.create_index(
        op.f("ix_cohort_course_institution_id"), "cohort_course", ["institution_id"], unique=False
    )
    op.create_table(
        "enrollment",
        sa.Column("id", BigKey, nullable=False),
        sa.Column("uid", sa.Uuid(), nullable=False),
        sa.Column("cohort_id", sa.BigInteger(), nullable=False),
        sa.Column("person_id", sa.BigInteger(), nullable=False),
        sa.Column("sort_name", Folded, nullable=False),
        sa.Column("municipality", sa.String(), nullable=False),
        sa.Column("state", sa.String(), nullable=False),
        sa.Column("applied_at", Moment, nullable=False),
        sa.Column("decided_at", Moment, nullable=True),
        sa.Column("decided_by_id", sa.BigInteger(), nullable=True),
        sa.Column("reason", sa.String(), nullable=True),
        sa.Column("last_activity_key", sa.String(), nullable=True),
        sa.Column("last_block", sa.String(), nullable=True),
        sa.Column("last_seen_at", Moment, nullable=True),
        sa.Column("progress_version", sa.Integer(), nullable=False),
        sa.Column("institution_id", sa.BigInteger(), nullable=False),
        sa.ForeignKeyConstraint(["cohort_id"], ["cohort.id"], name=op.f("fk_enrollment_cohort_id")),
        sa.ForeignKeyConstraint(
            ["institution_id"], ["institution.id"], name=op.f("fk_enrollment_institution_id")
        ),
        sa.ForeignKeyConstraint(["person_id"], ["person.id"], name=op.f("fk_enrollment_person_id")),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_enrollment")),
        sa.UniqueConstraint(
            "cohort_id", "person_id", name=op.f("uq_enrollment_cohort_id_person_id")
        ),
        sa.UniqueConstraint("uid", name=op.f("uq_enrollment_uid")),
    )
    op.create_index(
        "ix_enrollment_cohort_id_state_sort_name",
        "enrollment",
        ["cohort_id", "state", "sort_name"],
        unique=False,
    )
    op.create_index(
        op.f("ix_enrollment_institution_id"), "enrollment", ["institution_id"], unique=False
    )
    op.create_index(op.f("ix_enrollment_person_id"), "enrollment", ["person_id"], unique=False)
    op.create_table(
        "invitation_key",
        sa.Column("id", BigKey, nullable=False),
        sa.Column("uid", sa.Uuid(), nullable=False),
        sa.Column("cohort_id", sa.BigInteger(), nullable=False),
        sa.Column("code", sa.String(), nullable=False),
        sa.Column("uses_left", sa.Integer(), nullable=False),
        sa.Column("expires_on", sa.Date(), nullable=False),
        sa.Column("created_at", Moment, nullable=False),
        sa.Column("institution_id", sa.BigInteger(), nullable=False),
        sa.ForeignKeyConstraint(
            ["cohort_id"], ["cohort.id"], name=op.f("fk_invitation_key_cohort_id")
        ),
        sa.ForeignKeyConstraint(
            ["institution_id"], ["institution.id"], name=op.f("fk_invitation_key_institution_id")
        ),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_invitation_key")),
        sa.UniqueConstraint("code", name=op.f("uq_invitation_key_code")),
        sa.UniqueConstraint("uid", name=op.f("uq_invitation_key_uid")),
    )
    op.create_index(
        op.f("ix_invitation_key_cohort_id"), "invitation_key", ["cohort_id"], unique=False
    )
    op.create_index(
        op.f("ix_invitation_key_institution_id"), "invitation_key", ["institution_id"], unique=False
    )
    op.create_table(
        "attempt",
        sa.Column("id", BigKey, nullable=False),
        sa.Column("uid", sa.Uuid(), nullable=False),
        sa.Column("enrollment_id", sa.BigInteger(), nullable=False),
        sa.Column("activity_id", sa.BigInteger(), nullable=False),
        sa.Column("course_id", sa.BigInteger(), nullable=False),
        sa.Column("activity_key", sa.String(), nullable=False),
        sa.Column("number", sa.Integer(), nullable=False),
        sa.Column("seed", sa.BigInteger(), nullable=False),
        sa.Column("slots", Json, nullable=False),
        sa.Column("started_at", Moment, nullable=False),
        sa.Column("deadline", Moment, nullable=True),
        sa.Column("handed_in_at", Moment, nullable=True),
        sa.Column("handed_in_by", sa.String(), nullable=True),
        sa.Column("receipt", sa.String(length=40), nullable=True),
        sa.Column("out_of", sa.BigInteger(), nullable=False),
        sa.Column("points", sa.BigInteger(), nullable=True),
        sa.Column("passed", sa.Boolean(), nullable=True),
        sa.Column("institution_id", sa.BigInteger(), nullable=False),
        sa.ForeignKeyConstraint(
            ["activity_id"], ["activity.id"], name=op.f("fk_attempt_activity_id")
        ),
        sa.ForeignKeyConstraint(["course_id"], ["course.id"], name=op.f("fk_attempt_course_id")),
        sa.ForeignKeyConstraint(
            ["enrollment_id"], ["enrollment.id"], name=op.f("fk_attempt_enrollment_id")
        ),
        sa.ForeignKeyConstraint(
            ["institution_id"], ["institution.id"], name=op.f("fk_attempt_institution_id")
        ),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_attempt")),
        sa.UniqueConstraint(
            "enrollment_id",
            "course_id",
            "activity_key",
            "number",
            name=op.f("uq_attempt_enrollment_id_course_id_activity_key_number"),
        ),
        sa.UniqueConstraint("receipt", name=op.f("uq_attempt_receipt")),
        sa.UniqueConstraint("uid", name=op.f("uq_attempt_uid")),
    )
    op.create_index(op.f("ix_attempt_activity_id"), "attempt", ["activity_id"], unique=False)
    op.create_index(
        "ix_attempt_activity_id_handed_in_at",
        "attempt",
        ["activity_id", "handed_in_at"],
        unique=False,
    )
    op.create_index(op.f("ix_attempt_course_id"), "attempt", ["course_id"], unique=False)
    op.create_index(op.f("ix_attempt_institution_id"), "attempt", ["institution_id"], unique=False)
    op.create_index(
        "uq_attempt_open",
        "attempt",
        ["enrollment_id", "course_id", "activity_key"],
        unique=True,
        sqlite_where=sa.text("handed_in_at IS NULL"),
        postgresql_where=sa.text("handed_in_at IS NULL"),
    )
    op.create_table(
        "course_result",
        sa.Column("id", BigKey, nullable=False),
        sa.Column("uid", sa.Uuid(), nullable=False),
        sa.Column("enrollment_id", sa.BigInteger(), nullable=False),
        sa.Column("course_version_id", sa.BigInteger(), nullable=False),
        sa.Column("ratio", sa.BigInteger(), nullable=True),
        sa.Column("completed", sa.Boolean(), nullable=False),
        sa.Column("completed_at", Moment, nullable=True),
        sa.Column("failed", sa.Boolean(), nullable=False),
        sa.Column("explanation", Json, nullable=False),
        sa.Column("computed_at", Moment, nullable=False),
        sa.Column("institution_id", sa.BigInteger(), nullable=False),
        sa.ForeignKeyConstraint(
            ["course_version_id"],
            ["course_version.id"],
            name=op.f("fk_course_result_course_version_id"),
        ),
        sa.ForeignKeyConstraint(
            ["enrollment_id"], ["enrollment.id"], name=op.f("fk_course_result_enrollment_id")
        ),
        sa.ForeignKeyConstraint(
            ["institution_id"], ["institution.id"], name=op.f("fk_course_result_institution_id")
        ),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_course_result")),
        sa.UniqueConstraint(
            "enrollment_id",
            "course_version_id",
            name=op.f("uq_course_result_enrollment_id_course_version_id"),
        ),
        sa.UniqueConstraint("uid", name=op.f("uq_course_result_uid")),
    )
    op.create_index(
        op.f("ix_course_result_course_version_id"),
        "course_result",
        ["course_version_id"],
        unique=False,
    )
    op.create_index(
        op.f("ix_course_result_institution_id"), "course_result", ["institution_id"], unique=False
    )
    op.create_table(
        "grade",
        sa.Column("id", BigKey, nullable=False),
        sa.Column("enrollment_id", sa.BigInteger(), nullable=False),
        sa.Column("course_id", sa.BigInteger(), nullable=False),
        sa.Column("activity_key", sa.String(), nullable=False),
        sa.Column("ratio", sa.BigInteger(), nullable=False),
        sa.Column("passed", sa.Boolean(), nullable=False),
        sa.Column("source", sa.String(), nullable=False),
        sa.Column("at", Moment, nullable=False),
        sa.Column("institution_id", sa.BigInteger(), nullable=False),
        sa.ForeignKeyConstraint(["course_id"], ["course.id"], name=op.f("fk_grade_course_id")),
        sa.ForeignKeyConstraint(
            ["enrollment_id"], ["enrollment.id"], name=op.f("fk_grade_enrollment_id")
        ),
        sa.ForeignKeyConstraint(
            ["institution_id"], ["institution.id"], name=op.f("fk_grade_institution_id")
        ),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_grade")),
        sa.UniqueConstraint(
            "enrollment_id",
            "course_id",
            "activity_key",
            name=op.f("uq_grade_enrollment_id_course_id_activity_key"),
        ),
    )
    op.create_index(op.f("ix_grade_course_id"), "grade", ["course_id"], unique=False)
    op.create_index(op.f("ix_grade_institution_id"), "grade", ["institution_id"], unique=False)
    op.create_table(
        "progress",
        sa.Column("id", BigKey, nullable=False),
        sa.Column("enrollment_id", sa.BigInteger(), nullable=False),
        sa.Column("course_id", sa.BigInteger(), nullable=False),
        sa.Column("activity_key", sa.String(), nullable=False),
        sa.Column("state", sa.String(), nullable=False),
        sa.Column("at", Moment, nullable=False),
        sa.Column("institution_id", sa.BigInteger(), nullable=False),
        sa.ForeignKeyConstraint(["course_id"], ["course.id"], name=op.f("fk_progress_course_id")),
        sa.ForeignKeyConstraint(
            ["enrollment_id"], ["enrollment.id"], name=op.f("fk_progress_enrollment_id")
        ),
        sa.ForeignKeyConstraint(
            ["institution_id"], ["institution.id"], name=op.f("fk_progress_institution_id")
        ),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_progress")),
        sa.UniqueConstraint(
            "enrollment_id",
            "course_id",
            "activity_key",
            name=op.f("uq_progress_enrollment_id_course_id_activity_key"),
        ),
    )
    op.create_index(op.f("ix_progress_course_id"), "progress", ["course_id"], unique=False)
    op.create_index(
        op.f("ix_progress_institution_id"), "progress", ["institution_id"], unique=False
    )
    op.create_table(
        "quiz_question",
        sa.Column("id", BigKey, nullable=False),
        sa.Column("activity_id", sa.BigInteger(), nullable=False),
        sa.Column("position", sa.Integer(), nullable=False),
        sa.Column("question_version_id", sa.BigInteger(), nullable=False),
        sa.Column("institution_id", sa.BigInteger(), nullable=False),
        sa.ForeignKeyConstraint(
            ["activity_id"], ["activity.id"], name=op.f("fk_quiz_question_activity_id")
        ),
        sa.ForeignKeyConstraint(
            ["institution_id"], ["institution.id"], name=op.f("fk_quiz_question_institution_id")
        ),
        sa.ForeignKeyConstraint(
            ["question_version_id"],
            ["question_version.id"],
            name=op.f("fk_quiz_question_question_version_id"),
        ),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_quiz_question")),
        sa.UniqueConstraint(
            "activity_id", "position", name=op.f("uq_quiz_question_activity_id_position")
        ),
    )
    op.create_index(
        op.f("ix_quiz_question_institution_id"), "quiz_question", ["institution_id"], unique=False
    )
    op.create_index(
        op.f("ix_quiz_question_question_version_id"),
        "quiz_question",
        ["question_version_id"],
        unique=False,
    )
    op.create_table(
        "answer",
        sa.Column("id", BigKey, nullable=False),
        sa.Column("attempt_id", sa.BigInteger(), nullable=False),
        sa.Column("slot", sa.Integer(), nullable=False),
        sa.Column("client_key", sa.String(length=64), nullable=False),
        sa.Column("sequence", sa.BigInteger(), nullable=False),
        sa.Column("value", Json, nullable=True),
        sa.Column("received_at", Moment, nullable=False),
        sa.Column("late", sa.Boolean(), nullable=False),
        sa.Column("institution_id", sa.BigInteger(), nullable=False),
        sa.ForeignKeyConstraint(["attempt_id"], ["attempt.id"], name=op.f("fk_answer_attempt_id")),
        sa.ForeignKeyConstraint(
            ["institution_id"], ["institution.id"], name=op.f("fk_answer_institution_id")
        ),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_answer")),
        sa.UniqueConstraint(
            "attempt_id", "client_key", name=op.f("uq_answer_attempt_id_client_key")
        ),
    )
    op.create_index(
        "ix_answer_attempt_id_slot_sequence",
        "answer",
        ["attempt_id", "slot", "sequence"],
        unique=False,
    )
    op.create_index(op.f("ix_answer_institution_id"), "answer", ["institution_id"], unique=False)
    op.create_table(
        "mark",
        sa.Column("id", BigKey, nullable=False),
        sa.Column("attempt_id", sa.BigInteger(), nullable=False),
        sa.Column("slot", sa.Integer(), nullable=False),
        sa.Column("question_version_id", sa.BigInteger(), nullable=False),
        sa.Column("answer_id", sa.BigInteger(), nullable=True),
        sa.Column("ratio", sa.BigInteger(), nullable=False),
        sa.Column("points", sa.BigInteger(), nullable=False),
        sa.Column("out_of", sa.BigInteger(), nullable=False),
        sa.Column("detail", Json, nullable=False),
        sa.Column("marked_at", Moment, nullable=False),
        sa.Column("institution_id", sa.BigInteger(), nullable=False),
        sa.ForeignKeyConstraint(["answer_id"], ["answer.id"], name=op.f("fk_mark_answer_id")),
        sa.ForeignKeyConstraint(["attempt_id"], ["attempt.id"], name=op.f("fk_mark_attempt_id")),
        sa.ForeignKeyConstraint(
            ["institution_id"], ["institution.id"], name=op.f("fk_mark_institution_id")
        ),
        sa.ForeignKeyConstraint(
            ["question_version_id"],
            ["question_version.id"],
            name=op.f("fk_mark_question_version_id"),
        ),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_mark")),
        sa.UniqueConstraint("attempt_id", "slot", name=op.f("uq_mark_attempt_id_slot")),
    )
    op.create_index(op.f("ix_mark_answer_id"), "mark", ["answer_id"], unique=False)
    op.create_index(op.f("ix_mark_institution_id"), "mark", ["institution_id"], unique=False)
    op.create_index(
        op.f("ix_mark_question_version_id"), "mark", ["question_version_id"], unique=False
    )
    # ### end Alembic commands ###
    append_only("audit_entry")


def downgrade() -> None:
    if op.get_bind().dialect.name == "postgresql":
        op.execute("DROP TRIGGER audit_entry_append_only ON audit_entry")
        op.execute("DROP FUNCTION audit_entry_append_only()")
    op.drop_index(op.f("ix_mark_question_version_id"), table_name="mark")
    op.drop_index(op.f("ix_mark_institution_id"), table_name="mark")
    op.drop_index(op.f("ix_mark_answer_id"), table_name="mark")
    op.drop_table("mark")
    op.drop_index(op.f("ix_answer_institution_id"), table_name="answer")
    op.drop_index("ix_answer_attempt_id_slot_sequence", table_name="answer")
    op.drop_table("answer")
    op.drop_index(op.f("ix_quiz_question_question_version_id"), table_name="quiz_question")
    op.drop_index(op.f("ix_quiz_question_institution_id"), table_name="quiz_question")
    op.drop_table("quiz_question")
    op.drop_index(op.f("ix_progress_institution_id"), table_name="progress")
    op.drop_index(op.f("ix_progress_course_id"), table_name="progress")
    op.drop_table("progress")
    op.drop_index(op.f("ix_grade_institution_id"), table_name="grade")
    op.drop_index(op.f("ix_grade_course_id"), table_name="grade")
    op.drop_table("grade")
    op.drop_index(op.f("ix_course_result_institution_id"), table_name="course_result")
    op.drop_index(op.f("ix_course_result_course_version_id"), table_name="course_result")
    op.drop_table("course_result")
    op.drop_index(
        "uq_attempt_open",
        table_name="attempt",
        sqlite_where=sa.text("handed_in_at IS NULL"),
        postgresql_where=sa.text("handed_in_at IS NULL"),
    )
    op.drop_index(op.f("ix_attempt_institution_id"), table_name="attempt")
    op.drop_index(op.f("ix_attempt_course_id"), table_name="attempt")
    op.drop_index("ix_attempt_activity_id_handed_in_at", table_name="attempt")
    op.drop_index(op.f("ix_attempt_activity_id"), table_name="attempt")
    op.drop_table("attempt")
    op.drop_index(op.f("ix_invitation_key_institution_id"), table_name="invitation_key")
    op.drop_index(op.f("ix_invitation_key_cohort_id"), table_name="invitation_key")
    op.drop_table("invitation_key")
    op.drop_index(op.f("ix_enrollment_person_id"), table_name="enrollment")
    op.drop_index(op.f("ix_enrollment_institution_id"), table_name="enrollment")
    op.drop_index("ix_enrollment_cohort_id_state_sort_name", table_name="enrollment")
    op.drop_table("enrollment")
    op.drop_index(op.f("ix_cohort_course_institution_id"), table_name="cohort_course")
    op.drop_index(op.f("ix_cohort_course_course_version_id"), table_name="cohort_course")
    op.drop_table("cohort_course")
    op.drop_index(op.f("ix_announcement_institution_id"), table_name="announcement")
    op.drop_index("ix_announcement_cohort_id_published_at", table_name="announcement")
    op.drop_index(op.f("ix_announcement_author_id"), table_name="announcement")
    op.drop_table("announcement")
    op.drop_index(op.f("ix_activity_module_id"), table_name="activity")
    op.drop_index(op.f("ix_activity_institution_id"), table_name="activity")
    op.drop_table("activity")
    op.drop_index("ix_source_file_programme_version_id_path", table_name="source_file")
    op.drop_index(op.f("ix_source_file_institution_id"), table_name="source_file")
    op.drop_index("ix_source_file_course_version_id_path", table_name="source_file")
    op.drop_table("source_file")
    op.drop_index(op.f("ix_question_version_institution_id"), table_name="question_version")
    op.drop_table("question_version")
    op.drop_index(op.f("ix_programme_course_institution_id"), table_name="programme_course")
    op.drop_index(op.f("ix_programme_course_course_version_id"), table_name="programme_course")
    op.drop_table("programme_course")
    op.drop_index(op.f("ix_module_institution_id"), table_name="module")
    op.drop_table("module")
    op.drop_index(op.f("ix_course_fact_institution_id"), table_name="course_fact")
    op.drop_table("course_fact")
    op.drop_index(op.f("ix_cohort_programme_version_id"), table_name="cohort")
    op.drop_index("ix_cohort_programme_id_starts_at", table_name="cohort")
    op.drop_index(op.f("ix_cohort_institution_id"), table_name="cohort")
    op.drop_table("cohort")
    op.drop_index(op.f("ix_question_institution_id"), table_name="question")
    op.drop_table("question")
    op.drop_index("ix_programme_version_title_folded", table_name="programme_version")
    op.drop_index(op.f("ix_programme_version_programme_id"), table_name="programme_version")
    op.drop_index(op.f("ix_programme_version_kind"), table_name="programme_version")
    op.drop_index(op.f("ix_programme_version_institution_id"), table_name="programme_version")
    op.drop_table("programme_version")
    op.drop_index(op.f("ix_course_version_institution_id"), table_name="course_version")
    op.drop_index(op.f("ix_course_version_course_id"), table_name="course_version")
    op.drop_table("course_version")
    op.drop_index(op.f("ix_signer_institution_id"), table_name="signer")
    op.drop_table("signer")
    op.drop_index(op.f("ix_series_institution_id"), table_name="series")
    op.drop_table("series")
    op.drop_index(op.f("ix_programme_institution_id"), table_name="programme")
    op.drop_table("programme")
    op.drop_index(op.f("ix_post_person_id"), table_name="post")
    op.drop_table("post")
    op.drop_index(op.f("ix_one_time_code_person_id"), table_name="one_time_code")
    op.drop_index("ix_one_time_code_code_hash", table_name="one_time_code")
    op.drop_table("one_time_code")
    op.drop_index("ix_notice_person_id_created_at", table_name="notice")
    op.drop_table("notice")
    op.drop_index(op.f("ix_login_session_person_id"), table_name="login_session")
    op.drop_table("login_session")
    op.drop_index(op.f("ix_letter_state"), table_name="letter")
    op.drop_index(op.f("ix_letter_person_id"), table_name="letter")
    op.drop_table("letter")
    op.drop_table("installation")
    op.drop_index(op.f("ix_identifier_person_id"), table_name="identifier")
    op.drop_table("identifier")
    op.drop_index("ix_grant_person_id", table_name="grant")
    op.drop_index(op.f("ix_grant_institution_id"), table_name="grant")
    op.drop_table("grant")
    op.drop_index(op.f("ix_credential_person_id"), table_name="credential")
    op.drop_index(op.f("ix_credential_institution_id"), table_name="credential")
    op.drop_index(op.f("ix_credential_enrollment_id"), table_name="credential")
    op.drop_index(op.f("ix_credential_cohort_id"), table_name="credential")
    op.drop_table("credential")
    op.drop_index(op.f("ix_course_institution_id"), table_name="course")
    op.drop_table("course")
    op.drop_table("audit_personal")
    op.drop_table("source_text")
    op.drop_index(op.f("ix_person_search"), table_name="person")
    op.drop_table("person")
    op.drop_table("log_head")
    op.drop_index("ix_job_state_due_at", table_name="job")
    op.drop_table("job")
    op.drop_table("institution")
    op.drop_index("ix_form_receipt_at", table_name="form_receipt")
    op.drop_table("form_receipt")
    op.drop_table("count")
    op.drop_table("blob")
    op.drop_index("ix_audit_entry_subject", table_name="audit_entry")
    op.drop_index(op.f("ix_audit_entry_institution_id"), table_name="audit_entry")
    op.drop_index(op.f("ix_audit_entry_at"), table_name="audit_entry")
    op.drop_index(op.f("ix_audit_entry_actor_id"), table_name="audit_entry")
    op.drop_table("audit_entry")
    # ### end Alembic commands ###


def append_only(table: str) -> None:
    """Refuse every change of what was once written."""
    if op.get_bind().dialect.name == "postgresql":
        op.execute(
            f"CREATE FUNCTION {table}_append_only() RETURNS trigger LANGUAGE plpgsql AS $$ "
            f"BEGIN RAISE EXCEPTION '{table} is append-only'; END $$"
        )
        op.execute(
            f"CREATE TRIGGER {table}_append_only BEFORE UPDATE OR DELETE ON {table} "
            f"FOR EACH ROW EXECUTE FUNCTION {table}_append_only()"
        )
        return
    for deed in ("UPDATE", "DELETE"):
        op.execute(
            f"CREATE TRIGGER {table}_no_{deed.lower()} BEFORE {deed} ON {table} "
            f"BEGIN SELECT RAISE(ABORT, '{table} is append-only'); END"
        )

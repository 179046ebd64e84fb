"""What people do with a case after it was filed: asked for, handed in, withdrawn, decided; and the clock.

Revision: 0003
"""

from __future__ import annotations

import json
from datetime import date

import sqlalchemy as sa
from alembic import op

revision = "0003"
down_revision = "0002"

_DECIDED = ("approved", "refused")


def upgrade() -> None:
    """Add tables and columns; what is there stays as it is."""
    _columns()
    _backfill()
    _tables()
    _more_tables()


def _columns() -> None:
    op.add_column("case_", sa.Column("version", sa.Integer(), nullable=False, server_default="1"))
    op.add_column("case_", sa.Column("department", sa.String(length=60), nullable=False, server_default=""))
    op.add_column("case_", sa.Column("due_on", sa.Date(), nullable=True))
    op.add_column("case_", sa.Column("overdue", sa.Boolean(), nullable=False, server_default=sa.false()))
    op.add_column("case_", sa.Column("decided_at", sa.Float(), nullable=True))
    op.add_column("case_", sa.Column("decided_by", sa.String(length=12), nullable=False, server_default=""))
    op.add_column("case_", sa.Column("changed_at", sa.Float(), nullable=False, server_default="0"))
    op.create_index(op.f("ix_case__department_state"), "case_", ["department", "state"])
    op.create_index(op.f("ix_case__state_due_on"), "case_", ["state", "due_on"])
    op.add_column("application", sa.Column("revision", sa.Integer(), nullable=False, server_default="1"))
    op.add_column("application", sa.Column("finished_at", sa.Float(), nullable=True))


def _backfill() -> None:
    """Give cases of an earlier release their new columns out of what they say themselves."""
    connection = op.get_bind()
    case = sa.table(
        "case_",
        sa.column("id", sa.Integer()),
        sa.column("application", sa.Integer()),
        sa.column("state", sa.String()),
        sa.column("content", sa.Text()),
        sa.column("department", sa.String()),
        sa.column("due_on", sa.Date()),
        sa.column("decided_at", sa.Float()),
        sa.column("decided_by", sa.String()),
        sa.column("changed_at", sa.Float()),
    )
    application = sa.table("application", sa.column("id", sa.Integer()), sa.column("received_at", sa.Float()))
    received = {row.id: row.received_at for row in connection.execute(sa.select(application))}
    for row in connection.execute(sa.select(case.c.id, case.c.application, case.c.state, case.c.content)).all():
        said = json.loads(row.content)
        decided = row.state in _DECIDED
        due = said.get("dueOn")
        values = {
            "department": said["department"],
            "due_on": None if due is None else date.fromisoformat(due),
            # no release before this one knew a person's decision
            "decided_at": received[row.application] if decided else None,
            "decided_by": "rules" if decided else "",
            "changed_at": received[row.application],
        }
        connection.execute(sa.update(case).where(case.c.id == row.id).values(values))


def _tables() -> None:
    op.create_table(
        "sweep",
        sa.Column("name", sa.String(length=60), nullable=False),
        sa.Column("not_before", sa.Float(), nullable=False),
        sa.PrimaryKeyConstraint("name", name=op.f("pk_sweep")),
    )
    op.create_table(
        "case_line",
        sa.Column("id", sa.Integer(), nullable=False),
        sa.Column("case_id", sa.Integer(), nullable=False),
        sa.Column("at", sa.Float(), nullable=False),
        sa.Column("what", sa.String(length=40), nullable=False),
        sa.Column("who", sa.String(length=12), nullable=False),
        sa.Column("department", sa.String(length=60), nullable=False),
        sa.Column("staff", sa.String(length=40), nullable=False, server_default=""),
        sa.Column("says", sa.Text(), nullable=False),
        sa.ForeignKeyConstraint(["case_id"], ["case_.id"], name=op.f("fk_case_line_case_id_case_")),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_case_line")),
    )
    op.create_index(op.f("ix_case_line_case_id_id"), "case_line", ["case_id", "id"])
    op.create_table(
        "case_step",
        sa.Column("id", sa.Integer(), nullable=False),
        sa.Column("case_id", sa.Integer(), nullable=False),
        sa.Column("step", sa.String(length=20), nullable=False),
        sa.Column("days", sa.Integer(), nullable=False),
        sa.Column("begun_on", sa.Date(), nullable=False),
        sa.Column("limit_on", sa.Date(), nullable=False),
        sa.Column("ended_on", sa.Date(), nullable=True),
        sa.Column("result", sa.Text(), nullable=False, server_default=""),
        sa.Column("overdue", sa.Boolean(), nullable=False, server_default=sa.false()),
        sa.ForeignKeyConstraint(["case_id"], ["case_.id"], name=op.f("fk_case_step_case_id_case_")),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_case_step")),
        sa.UniqueConstraint("case_id", "step", name=op.f("uq_case_step_case_id_step")),
    )
    op.create_index(op.f("ix_case_step_ended_on_limit_on"), "case_step", ["ended_on", "limit_on"])
    op.create_table(
        "case_asked",
        sa.Column("id", sa.Integer(), nullable=False),
        sa.Column("case_id", sa.Integer(), nullable=False),
        sa.Column("round", sa.Integer(), nullable=False),
        sa.Column("asked_at", sa.Float(), nullable=False),
        sa.Column("due_on", sa.Date(), nullable=False),
        sa.Column("wanted", sa.Text(), nullable=False),
        sa.Column("back_to", sa.String(length=30), nullable=False),
        sa.Column("answered_at", sa.Float(), nullable=True),
        sa.Column("missed", sa.Boolean(), nullable=False, server_default=sa.false()),
        sa.ForeignKeyConstraint(["case_id"], ["case_.id"], name=op.f("fk_case_asked_case_id_case_")),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_case_asked")),
        sa.UniqueConstraint("case_id", "round", name=op.f("uq_case_asked_case_id_round")),
    )
    op.create_index(op.f("ix_case_asked_answered_at_due_on"), "case_asked", ["answered_at", "due_on"])


def _more_tables() -> None:
    op.create_table(
        "obligation",
        sa.Column("id", sa.Integer(), nullable=False),
        sa.Column("case_id", sa.Integer(), nullable=False),
        sa.Column("kind", sa.String(length=12), nullable=False),
        sa.Column("subject", sa.String(length=80), nullable=False),
        sa.Column("words", sa.Text(), nullable=False),
        sa.Column("due_on", sa.Date(), nullable=False),
        sa.Column("remind_on", sa.Date(), nullable=True),
        sa.Column("state", sa.String(length=12), nullable=False),
        sa.Column("obtained", sa.String(length=20), nullable=False, server_default=""),
        sa.Column("reference", sa.String(length=80), nullable=False, server_default=""),
        sa.Column("made_at", sa.Float(), nullable=False),
        sa.Column("closed_at", sa.Float(), nullable=True),
        sa.Column("remark", sa.Text(), nullable=False, server_default=""),
        sa.ForeignKeyConstraint(["case_id"], ["case_.id"], name=op.f("fk_obligation_case_id_case_")),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_obligation")),
        sa.UniqueConstraint("case_id", "kind", "subject", name=op.f("uq_obligation_case_id_kind_subject")),
    )
    op.create_index(op.f("ix_obligation_state_due_on"), "obligation", ["state", "due_on"])
    op.create_table(
        "application_revision",
        sa.Column("id", sa.Integer(), nullable=False),
        sa.Column("application", sa.Integer(), nullable=False),
        sa.Column("revision", sa.Integer(), nullable=False),
        sa.Column("request", sa.Text(), nullable=False),
        sa.Column("at", sa.Float(), nullable=False),
        sa.Column("actor", sa.Integer(), nullable=False),
        sa.Column("why", sa.String(length=20), nullable=False),
        sa.ForeignKeyConstraint(
            ["application"], ["application.id"], name=op.f("fk_application_revision_application_application")
        ),
        sa.ForeignKeyConstraint(["actor"], ["resident.id"], name=op.f("fk_application_revision_actor_resident")),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_application_revision")),
        sa.UniqueConstraint("application", "revision", name=op.f("uq_application_revision_application_revision")),
    )
    op.create_table(
        "supplement",
        sa.Column("id", sa.Integer(), nullable=False),
        sa.Column("case_id", sa.Integer(), nullable=False),
        sa.Column("version", sa.Integer(), nullable=False),
        sa.Column("fingerprint", sa.LargeBinary(length=32), nullable=False),
        sa.Column("content", sa.Text(), nullable=False),
        sa.Column("at", sa.Float(), nullable=False),
        sa.ForeignKeyConstraint(["case_id"], ["case_.id"], name=op.f("fk_supplement_case_id_case_")),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_supplement")),
        sa.UniqueConstraint("case_id", "version", name=op.f("uq_supplement_case_id_version")),
    )

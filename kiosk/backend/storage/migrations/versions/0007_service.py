"""Ratings that are followed up, complaints, queue tickets.

Revision: 0007
"""

from __future__ import annotations

import sqlalchemy as sa
from alembic import op

revision = "0007"
down_revision = "0006"


def upgrade() -> None:
    """Add tables; what is there stays as it is."""
    _ratings()
    _complaints()
    _queue()


def _ratings() -> None:
    op.create_table(
        "rating_given",
        sa.Column("id", sa.Integer(), nullable=False),
        sa.Column("application", sa.Integer(), nullable=False),
        sa.Column("level", sa.Integer(), nullable=False),
        sa.Column("content", sa.Text(), nullable=False),
        sa.Column("at", sa.Float(), nullable=False),
        _refers("rating_given", "application", "application"),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_rating_given")),
    )
    op.create_index(op.f("ix_rating_given_application_id"), "rating_given", ["application", "id"])
    op.create_table(
        "rating_follow_up",
        sa.Column("application", sa.Integer(), nullable=False),
        sa.Column("department", sa.String(length=60), nullable=False),
        sa.Column("state", sa.String(length=10), nullable=False),
        sa.Column("contact_by", sa.Date(), nullable=False),
        sa.Column("close_by", sa.Date(), nullable=False),
        sa.Column("overdue", sa.Boolean(), nullable=False),
        sa.Column("note", sa.Text(), nullable=False),
        sa.Column("answer", sa.Text(), nullable=False),
        sa.Column("staff", sa.String(length=40), nullable=False),
        sa.Column("at", sa.Float(), nullable=False),
        _refers("rating_follow_up", "application", "application"),
        sa.PrimaryKeyConstraint("application", name=op.f("pk_rating_follow_up")),
    )
    op.create_index(op.f("ix_rating_follow_up_state_close_by"), "rating_follow_up", ["state", "close_by"])


def _complaints() -> None:
    op.create_table(
        "complaint",
        sa.Column("id", sa.Integer(), nullable=False),
        sa.Column("number", sa.String(length=30), nullable=False),
        sa.Column("key", sa.String(length=40), nullable=False),
        sa.Column("fingerprint", sa.LargeBinary(length=32), nullable=False),
        sa.Column("resident", sa.Integer(), nullable=True),
        sa.Column("phone", sa.String(length=20), nullable=False),
        sa.Column("code", sa.LargeBinary(length=32), nullable=False),
        sa.Column("kind", sa.String(length=20), nullable=False),
        sa.Column("words", sa.Text(), nullable=False),
        sa.Column("about", sa.String(length=80), nullable=False),
        sa.Column("terminal", sa.String(length=80), nullable=False),
        sa.Column("department", sa.String(length=60), nullable=False),
        sa.Column("state", sa.String(length=10), nullable=False),
        sa.Column("round", sa.Integer(), nullable=False),
        sa.Column("received_at", sa.Float(), nullable=False),
        sa.Column("due_on", sa.Date(), nullable=False),
        sa.Column("overdue", sa.Boolean(), nullable=False),
        sa.Column("answer", sa.Text(), nullable=False),
        sa.Column("answered_at", sa.Float(), nullable=True),
        sa.Column("staff", sa.String(length=40), nullable=False),
        sa.Column("verdict", sa.String(length=10), nullable=False),
        _refers("complaint", "resident", "resident"),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_complaint")),
        sa.UniqueConstraint("key", name=op.f("uq_complaint_key")),
        sa.UniqueConstraint("number", name=op.f("uq_complaint_number")),
    )
    op.create_index(op.f("ix_complaint_resident"), "complaint", ["resident"])
    op.create_index(op.f("ix_complaint_state_due_on"), "complaint", ["state", "due_on"])
    op.create_table(
        "complaint_step",
        sa.Column("id", sa.Integer(), nullable=False),
        sa.Column("complaint", sa.Integer(), nullable=False),
        sa.Column("at", sa.Float(), nullable=False),
        sa.Column("says", sa.Text(), nullable=False),
        sa.Column("staff", sa.String(length=40), nullable=False),
        _refers("complaint_step", "complaint", "complaint"),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_complaint_step")),
    )
    op.create_index(op.f("ix_complaint_step_complaint_id"), "complaint_step", ["complaint", "id"])
    op.create_table(
        "complaint_attempt",
        sa.Column("id", sa.Integer(), nullable=False),
        sa.Column("number", sa.String(length=30), nullable=False),
        sa.Column("at", sa.Float(), nullable=False),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_complaint_attempt")),
    )
    op.create_index(op.f("ix_complaint_attempt_number_at"), "complaint_attempt", ["number", "at"])


def _queue() -> None:
    op.create_table(
        "ticket",
        sa.Column("id", sa.String(length=40), nullable=False),
        sa.Column("hall", sa.String(length=40), nullable=False),
        sa.Column("service", sa.String(length=40), nullable=False),
        sa.Column("day", sa.Date(), nullable=False),
        sa.Column("serial", sa.Integer(), nullable=False),
        sa.Column("label", sa.String(length=20), nullable=False),
        sa.Column("state", sa.String(length=10), nullable=False),
        sa.Column("session", sa.String(length=80), nullable=False),
        sa.Column("terminal", sa.String(length=80), nullable=False),
        sa.Column("resident", sa.Integer(), nullable=True),
        sa.Column("issued_at", sa.Float(), nullable=False),
        sa.Column("starts_at", sa.Float(), nullable=True),
        sa.Column("arrived_at", sa.Float(), nullable=True),
        sa.Column("called_at", sa.Float(), nullable=True),
        sa.Column("calls", sa.Integer(), nullable=False),
        sa.Column("counter", sa.String(length=10), nullable=False),
        sa.Column("finished_at", sa.Float(), nullable=True),
        sa.Column("returned", sa.Boolean(), nullable=False),
        _refers("ticket", "resident", "resident"),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_ticket")),
        sa.UniqueConstraint("hall", "day", "label", name=op.f("uq_ticket_hall_day_label")),
        sa.UniqueConstraint("session", "hall", "service", name=op.f("uq_ticket_session_hall_service")),
    )
    op.create_index(op.f("ix_ticket_hall_day_state"), "ticket", ["hall", "day", "state"])
    op.create_index(op.f("ix_ticket_resident_state"), "ticket", ["resident", "state"])
    op.create_table(
        "counter",
        sa.Column("hall", sa.String(length=40), nullable=False),
        sa.Column("number", sa.String(length=10), nullable=False),
        sa.Column("staff", sa.String(length=40), nullable=False),
        sa.Column("open", sa.Boolean(), nullable=False),
        sa.Column("since", sa.Float(), nullable=False),
        sa.Column("ticket", sa.String(length=40), nullable=True),
        _refers("counter", "ticket", "ticket"),
        sa.PrimaryKeyConstraint("hall", "number", name=op.f("pk_counter")),
    )


def _refers(table: str, column: str, to: str) -> sa.ForeignKeyConstraint:
    return sa.ForeignKeyConstraint([column], [f"{to}.id"], name=op.f(f"fk_{table}_{column}_{to}"))

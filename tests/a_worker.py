"""A worker that does all that waits, here and now, with the real back end."""

from django_tasks_db.management.commands.db_worker import Worker


def work() -> None:
    """Do all that waits."""
    Worker(
        queue_names=["default"],
        excluded_queue_names=[],
        interval=0,
        batch=True,
        backend_name="default",
        startup_delay=False,
        max_tasks=None,
        worker_id="of-a-test",
    ).run()

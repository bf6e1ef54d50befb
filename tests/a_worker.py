"""A worker that does all that waits, here and now, with the real back end.

Its own loop lets go of the connection between tasks, which here is in the test's transaction.
"""

from django_tasks_db.management.commands.db_worker import Worker
from django_tasks_db.models import DBTaskResult


def work() -> None:
    """Do all that waits."""
    worker = Worker(
        queue_names=["default"],
        excluded_queue_names=[],
        interval=0,
        batch=True,
        backend_name="default",
        startup_delay=False,
        max_tasks=None,
        worker_id="of-a-test",
    )
    while task := DBTaskResult.objects.ready().get_locked():
        task.claim(worker.worker_id)
        worker.run_task(task)

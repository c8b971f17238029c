"""What happens without anybody asking: refresh, reconcile, retrain, tidy up.

Every job is a plain async function that returns a `Summary`; `Schedule` runs them. APScheduler
is imported nowhere else in the project.
"""

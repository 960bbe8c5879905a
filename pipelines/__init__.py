"""What runs: storage, jobs, schedules, sensors, executors, and the command line.

Belongs here: everything that decides where bytes lie and when work happens. Does not belong
here: what is done to text, or what an asset means.
"""

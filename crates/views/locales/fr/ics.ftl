# ics

# Calendar feeds: what a phone's calendar shows of a duty.
ics-name = Veilleuse, { $name }
ics-lead = On duty, { $pool }
ics-backup = Backup, { $pool }
ics-cancelled = Cancelled: duty, { $pool }
ics-cancelled-note = You are no longer on duty at this time.
ics-active-lead = You answer first. The whole time is work.
ics-active-backup = You are rung when the lead does not answer. The whole time is work.
ics-standby = On standby at home: only your answers count as work.
ics-with-lead = { $name } leads.
ics-with-backup = { $name } is on as backup.
ics-offices = You answer for { $offices }.

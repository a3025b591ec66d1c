rule-overlap = In two places at once.
rule-absence = Away, or marked "can't".
rule-daily-rest = { $measured } of rest between two working days; { $limit } are required.
rule-daily-maximum = { $measured } of work in one day; { $limit } are allowed.
rule-daily-span = { $measured } from the first start to the last end of the day; { $limit } are allowed.
rule-weekly-rest = { $measured } free on end in the week; { $limit } are required.
rule-language = Does not speak a language that is needed.
rule-language-lacks = Does not speak what is needed: { $what }.
rule-destination = Does not know a destination that is needed.
rule-destination-lacks = Does not know the destination: { $what }.
rule-channel = Does not answer on a channel that is needed.
rule-channel-lacks = Does not answer on: { $what }.
rule-not-employed = Does not work for an office of the pool on that day.
rule-break = { $measured } of work on end without a break; one is due after { $limit }.
rule-weekly-maximum = { $measured } of work in one week; { $limit } are allowed.
rule-average-maximum = { $measured } of work a week on average; { $limit } are allowed.
rule-working-days = { $measured } with work in the week; { $limit } are allowed.
rule-consecutive-days = { $measured } with work in a row; { $limit } are allowed.
rule-extra-hours = { $measured } of work in the week of a part-timer; { $limit } are allowed.
rule-interruption = The day of a part-timer is interrupted too often or too long: { $measured } where { $limit } is allowed.
rule-minor = { $measured } old; nobody under { $limit } stands watch.
rule-night-maximum = { $measured } of work in the day of a night worker; { $limit } are allowed.
rule-night-average = { $measured } of work a week on average for a night worker; { $limit } are allowed.
rule-night-work = { $measured } of work at night, for which a permit is needed.
rule-sunday = { $measured } of work on a Sunday; { $limit } are allowed.
rule-sunday-rest = No day is free within { $limit } of a Sunday with work.
rule-sundays-in-year = { $measured } Sundays worked in the year; { $limit } are allowed.
rule-holiday = { $measured } of work on a day of rest; { $limit } are allowed.
rule-short-duty = A duty of { $measured }; nobody may be called for less than { $limit }.
rule-notice = Told { $measured } ahead; { $limit } are required.
rule-standby-days = { $measured } on standby within four weeks; { $limit } are allowed.
rule-standby-pause = { $measured } without standby after a full turn of it; { $limit } are required.
rule-standby-kind = Watching for ordinary messages is no standby under this law.
rule-standby-rest = { $measured } of rest after the last answer on standby; { $limit } are required.
rule-standby-risk = { $measured } of the standby before was work: a court may call it working time.
rule-may-refuse = { $measured } where the person may refuse beyond { $limit }.
rule-overtime-week = { $measured } of work in the week; from { $limit } on it is overtime.
rule-overtime = { $measured } of overtime; { $limit } are allowed.
rule-short-contract = A contract of { $measured } a week; part-timers should have { $limit }.
rule-lending = Answers for offices that do not employ them, and no frame is recorded: a loan at cost, an employers' group, a service contract.

keeps-overlap = On duty elsewhere
keeps-absence = Away
keeps-daily-rest = Too little rest
keeps-daily-maximum = Day too long
keeps-daily-span = Day too wide
keeps-weekly-rest = Week without rest
keeps-language = Language missing
keeps-destination = Destination not known
keeps-channel = Channel not answered
keeps-not-employed = Not employed then
keeps-break = Break missing
keeps-weekly-maximum = Week too long
keeps-average-maximum = Average too high
keeps-working-days = Too many days in the week
keeps-consecutive-days = Too many days in a row
keeps-extra-hours = Beyond the part-time contract
keeps-interruption = Day in too many pieces
keeps-minor = Under age
keeps-night-maximum = Night worker's day too long
keeps-night-average = Night worker's average too high
keeps-night-work = Night work without a permit
keeps-sunday = Sunday work
keeps-sunday-rest = No free day after a Sunday
keeps-sundays-in-year = Too many Sundays
keeps-holiday = Public holiday
keeps-short-duty = Duty too short
keeps-notice = Told too late
keeps-standby-days = Too many standby days
keeps-standby-pause = On standby again too soon
keeps-standby-kind = No standby under this law
keeps-standby-rest = Too little rest after standby
keeps-standby-risk = Standby close to work
keeps-may-refuse = May be refused
keeps-overtime = Overtime
keeps-short-contract = Short contract
keeps-lending = No frame for other offices

amount-days = { $count ->
    [one] { $count } day
   *[other] { $count } days
}
amount-years = { $count ->
    [one] { $count } year
   *[other] { $count } years
}

# My wishes.
wishes-title = My wishes
wishes-lead = Choose one, then tap your days.
wishes-planning = Planning starts on
wishes-brush = What to mark
wishes-cant = Can't
wishes-rather-not = Rather not
wishes-wish = Wish
wishes-free = Free
wishes-duty = you are on duty
wishes-closed = already planned, ask your planner
wishes-saved = Saved and sent
wishes-how = Every tap is saved at once.
wishes-none = Nothing said: every day is free.
wishes-use = "Can't" is always kept. "Rather not" and wishes are kept as far as they go; what could not be met is said openly.
wishes-said = What you said

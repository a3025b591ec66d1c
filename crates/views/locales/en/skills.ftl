# What somebody brings to a duty: languages and how well, destinations, channels.
skills-title = Skills
skills-open = See and change
skills-back = Back
skills-why-own = What you bring to a duty. Rotas look for people who bring what a duty needs; colleagues of your watch can read it.
skills-why = What they bring to a duty. Rotas look for people who bring what a duty needs; colleagues of the watch can read it.
skills-languages = Languages for answering
skills-no = No
skills-any = Yes
skills-level-hint = Yes without a level is enough for every duty. A level of the European framework (A1 to C2) is enough for duties that ask for it or less.
skills-destinations = Destinations known
skills-at-home = Known in any case, from working there: { $offices }.
skills-channels = Channels for answering (none ticked: all)
skills-do = Keep
skill-level = { $language } ({ $level } at least)
skill-destination-gone = an office you do not see

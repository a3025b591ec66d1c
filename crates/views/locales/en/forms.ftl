# Fields that several forms share.
form-name = Name
form-slug = Short name
form-slug-hint = As it stands in links: small letters, digits and hyphens.
form-zone = Time zone
form-calendar = Public holidays
form-language = Language
form-emergency = Emergency number for visitors
form-given-name = Given name
form-family-name = Family name
form-email = E-mail address
form-law = Labour law
form-weekly-hours = Hours a week
form-from = From
law-france-private = France, private law
law-france-public = France, public service
law-quebec = Quebec
calendar-france = France
calendar-alsace-moselle = Alsace-Moselle
calendar-alsace-moselle-good-friday = Alsace-Moselle, with Good Friday
calendar-guadeloupe = Guadeloupe
calendar-martinique = Martinique
calendar-guyane = French Guiana
calendar-reunion = Réunion
calendar-mayotte = Mayotte
calendar-saint-barthelemy = Saint-Barthélemy
calendar-saint-martin = Saint-Martin
calendar-quebec = Quebec, with Good Friday
calendar-quebec-easter-monday = Quebec, with Easter Monday
calendar-belgium = Belgium
calendar-luxembourg = Luxembourg
calendar-switzerland = Switzerland
field-mend = { $count ->
    [0] Nothing was changed: a field is empty or cannot be read.
    [one] Nothing was changed: one field needs your attention.
   *[other] Nothing was changed: { $count } fields need your attention.
}
field-empty = This must not be empty.
field-no-role = Tick at least one.
field-too-long = This is longer than { $most } letters. Shorten it.
field-out-of-range = Write a number from { $least } to { $most }.
field-taken = Another organisation has this short name. Choose another one.
field-no-slug = Only small letters a to z, digits and single hyphens, such as vieux-port.
field-unreadable = This cannot be read. Check it.
done-board = The board is founded. Its first planner gets an invitation by mail.
done-office = The office has joined. Its manager gets an invitation by mail.
done-pool = The pool is made.
done-need = The need is added. It counts from today on.
done-need-ended = The need ends with today.
done-invited = The invitation is on its way.
done-again = The invitation is on its way again. The old link leads nowhere.
done-withdrawn = The invitation is taken back. Its link leads nowhere.
done-left = They work here no more. Duties to come show as open places.
done-retention = From now on it is kept like this.
done-held = The conversation is kept until you let it go.
done-released = The conversation is forgotten when it is old enough.
done-erased = Everything was erased. The certificate stands below.

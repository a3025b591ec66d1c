# Import and export: files in and out, and what is wrong with them.
exchange-title = Import and export
exchange-in = Bring a file in
exchange-in-why = Try it out first: you see what would change and every faulty line, and nothing is kept. A file with a single fault is not brought in at all. Bringing the same file in twice changes nothing more.
exchange-kind = What the file holds
exchange-file = The file
exchange-file-hint = A table (CSV, UTF-8) or, for absences and duties, a calendar (.ics). At most 4 MB and 10,000 lines.
exchange-person = Whose calendar it is
exchange-person-hint = Their address. Only for a calendar that names nobody.
exchange-pool = Pool of the duties
exchange-try = Try it out
exchange-bring = Bring it in
exchange-out = Take a file out
exchange-out-why = Each file opens in a spreadsheet and can be brought in again unchanged. Open one to see the columns.
exchange-table = Table of { $what }
exchange-calendar = Calendar of { $what }
exchange-csv = Table (CSV)
exchange-ics = Calendar (ICS)
file-people = People and employments
file-office-hours = Office hours
file-absences = Absences
file-duties = Past duties
file-notebook = Notebook
exchange-kept = Brought in: { $added } new, { $changed } changed, { $same } there already.
exchange-would = Nothing is wrong. { $added } would be new, { $changed } would change, { $same } are there already. Nothing is kept yet.
exchange-faults = { $count ->
    [one] 1 fault. Nothing was kept.
   *[other] { $count } faults. Nothing was kept.
}
exchange-mend = { $count ->
    [one] Mend it in the file, and try it out again.
   *[other] Mend them in the file, and try it out again.
}
exchange-no-file = No file was chosen. Choose one, and try again.
exchange-line = Line
exchange-column = Column
exchange-wrong = What is wrong, and what to do
exchange-whole-file = the file
exchange-whole-line = the whole line
wrong-empty = There is nothing in it. Write a header and a line for each thing below it.
wrong-too-large = It weighs more than { $number } MB. Bring it in as several smaller files.
wrong-too-many-rows = It holds more than { $number } lines. Bring it in as several files.
wrong-not-utf8 = Its letters are not UTF-8. Save it as “CSV UTF-8”.
wrong-not-a-table = This cannot be read as a table: a quotation mark that opens here is never closed, or the file is a calendar of something that has none. Close the quotation mark, or choose another file.
wrong-column-missing = This column is missing. Add it to the header.
wrong-column-unknown = No such column belongs here. Rename it or remove it.
wrong-column-twice = This column stands there twice. Remove one.
wrong-cells-too-many = The line has more cells than the header has columns. Put quotation marks around a cell that holds a comma or semicolon.
wrong-missing = This must not be empty. Fill it in.
wrong-too-long = It has more than { $number } letters. Shorten it.
wrong-no-text = It holds a character that is no text, or a line break where one line is asked for. Type it anew.
wrong-not-an-address = This is not an e-mail address. Write it as ana@office.example.
wrong-not-a-date = This is not a date. Write 2026-07-14 or 14/07/2026.
wrong-not-a-time = This is not a time. Write 18:00 or 18h30.
wrong-not-a-moment = This is neither a day nor a day and a time. Write 2026-07-14 or 2026-07-14 18:00.
wrong-not-a-length = This is not a length that can be. Write hours as 35 or 17:30, breaks in minutes.
wrong-not-a-language = This is not a language. Write two letters, such as fr.
wrong-not-days = These are not days. Write mon-fri, or sat sun holidays.
wrong-not-a-role = This is not a role here. An office gives advisor and manager, a board planner.
wrong-not-a-law = Nobody works under this law here. Write france_private, france_public, alsace_moselle, quebec, switzerland, belgium, european_union, or another as exported files write it.
wrong-not-a-rung = Write lead or backup.
wrong-not-a-duty = Write active or standby.
wrong-not-yes-or-no = Write yes or no.
wrong-ends-before-it-starts = It ends before it begins. Put the later one last.
wrong-lasts-too-long = It lasts longer than { $number } days. Look at both dates.
wrong-twice = The same stands on line { $number }. Remove one of the two.
wrong-contradicts = Line { $number } says something else of the same person or fact. Make them say the same.
wrong-nobody-here = Nobody with this address works here now. Correct it, or bring in the people first.
wrong-overlaps = Another employment of the same person covers some of these days. End one before the other begins.
wrong-not-employed-then = The person is not employed here on that day. Correct the day, or their employment.
wrong-no-need = No need of the pool asks for anybody at these hours. Add a need that was valid then, or correct the hours.
wrong-not-past = It is not over yet. Only past duties are brought in; coming ones are planned and published.
wrong-stands-otherwise = A duty of theirs that begins then stands there already, with another end, rung or kind. The past is never changed: correct the line or remove it.
wrong-two-places = They were on duty elsewhere at that time. Correct one of the two.
wrong-not-a-calendar = This is not a calendar. Export it anew as an .ics file.
wrong-no-attendee = It does not say whose it is. Choose whose calendar it is, or add one attendee.
wrong-repeats-oddly = It repeats in a way that is not understood, or without an end. Give it an end, or write each time by itself.
wrong-zone-unknown = Nobody knows this time zone. Write one such as Europe/Paris.

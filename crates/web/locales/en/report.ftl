## "This reading is wrong".

report-heading = Report an error in a reading
report-published = As published
report-read = Read as
report-thanks = Thank you.
report-kept = Your report is kept with this version of the record, and will be read by people.
report-back = Back to the study
report-wrong = What is wrong with the reading?
report-hint = Please write nothing about yourself or another person: this text is kept.
report-send = Send the report
report-empty = Please say what is wrong before you send.
report-no-criterion = This study has no criterion “{ $id }”. Go back to its page and choose one there.

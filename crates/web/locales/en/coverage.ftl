## How much of the criteria is read.

coverage-page = How much is read
coverage-heading = How much of the criteria is read
coverage-lead = Trialway turns the published words of each criterion into conditions that facts can decide. Words that it does not understand stay open; they never count for or against anybody.
coverage-none = Nothing has been counted yet. The count begins when the server starts, and takes a few minutes for a whole registry.
coverage-all-n = All { $n } studies
coverage-table = Criteria by how they are read
coverage-text = Of the text itself, { $percent } is not read.
coverage-text-below = Of the text itself, { $percent } is not read. Below, (brackets) and a mark show those words; they stay open.
coverage-often = Not read most often
coverage-in-n = in { $n } studies
coverage-best = Read best
coverage-worst = Read least
coverage-wholly = { $n } of { $of } criteria wholly read
coverage-not = { $n } of { $of } criteria not read
coverage-computed = read wholly: facts can decide them
coverage-judgement = read, and waiting for a person's judgement or consent
coverage-partly = read in part: what was read can rule out, but not confirm
coverage-unread = not read: always open
coverage-study-page = How much is read of { $id }
coverage-study = How much of this study's criteria is read
coverage-all = All studies

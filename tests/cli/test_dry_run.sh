# attune score --dry-run, periods, speaker tables of all kinds.
. "$PROJECT/tests/cli/lib.sh"
make_study

it "a dry run shows each transcript and what is matched and left out, and writes nothing"
printf 'Zed: A diagnosis. The patient waits here with us.\n' >talks/three.txt
attune score --study study.yml --exclude role=nurse --dry-run -o results talks gone.txt
code_is 1
[ ! -e results ] || fail "there is a results folder"
cat >expected <<'END'
transcript,file,format,encoding,language,lexicons,turns,tokens,speakers,matched,unmatched,excluded_turns,excluded_tokens,uncovered_turns,skipped
one,talks/one.txt,txt,UTF-8,en,small,3,25,2,2,0,2,15,0,
three,talks/three.txt,txt,UTF-8,en,small,1,8,1,0,1,0,0,0,
two,talks/two.txt,txt,UTF-8,en,small,2,14,2,2,0,1,9,0,
END
same out expected
err_has 'gone.txt'
err_has 'a run would read 3 transcripts'
err_has 'skip 1 input'
err_has 'leave out 3 turns of excluded speakers'
err_has 'nothing was written to results'

it "on a terminal the rows of the results are shown too"
attune score --study study.yml --dry-run --as table talks
code_is 0
out_has 'Ines Faro'
out_has before
rm talks/three.txt

it "columns without anything in them are not shown on a terminal"
attune score --study study.yml --dry-run --as table talks/one.txt
out_has matched
out_lacks uncovered_turns
out_lacks skipped

it "a dry run says where results could not go, and makes nothing"
: >file
attune score --study study.yml --dry-run -o file
code_is 4
err_has 'is a file, not a folder'
attune score --study study.yml --dry-run -o file/deep/results
code_is 4
err_has "because 'file' is a file"
attune score --study study.yml --dry-run -o deep/er/results
code_is 0
[ ! -e deep ] || fail "made a folder"

it "a dry run says what the results folder holds"
mkdir holiday && : >holiday/photo.jpg
attune score --study study.yml --dry-run -o holiday
code_is 0
err_has 'holiday: is not empty and holds no results of attune'
attune score --study study.yml -o holiday
attune score --study study.yml --dry-run --verbose -o holiday
err_has 'holiday: holds results already, which a run would replace'

it "the rows of the results, for programs"
attune score --study study.yml --dry-run --table speakers --by role
code_is 0
cat >expected <<'END'
role,speakers,turns,tokens
nurse,1,3,24
peer worker,1,2,15
END
same out expected

it "a dry run names the language that no lexicon is for, and shows the table where nothing could be scored"
mkdir -p french
printf 'Anne: Je ne sais pas ce que nous allons faire demain, mais je pense que nous devons parler avec les autres avant de prendre une décision.\nBea: Oui, nous allons faire cela ensemble, parce que la vie est plus belle quand on parle avec les autres et que nous avons le temps.\n' >french/un.txt
attune score --dry-run french
code_is 1
out_has 'un,french/un.txt,txt,UTF-8,fr,none,,'
out_has "looks like the language 'fr'"
err_has 'a run would find nothing to score, skip 1 input and end with an error'
attune score french
code_is 3

it "an exclusion that fits nobody is named, with what was meant"
attune score --study study.yml --exclude role=nurs
code_is 0
err_has "speakers.csv: nobody has the value 'nurs' in the column 'role', so that nobody is excluded by it; there are nurse, peer worker; did you mean 'nurse'?"
attune score --study study.yml --exclude rolle=nurse
code_is 2
err_has "did you mean 'role'?"
attune kwic --study study.yml --exclude role=cook
code_is 0
err_has "nobody has the value 'cook'"
attune score --study study.yml --by periode
code_is 2
err_has "did you mean 'period'?"

it "excluded turns are counted in the closing line and in manifest.json"
attune score --study study.yml --exclude role=nurse -o results
code_is 0
err_has '3 of them excluded'
grep -q '"excluded_turns":3' results/manifest.json || fail "$(grep excluded results/manifest.json)"
grep -q '"excluded_tokens":24' results/manifest.json || fail "$(grep excluded results/manifest.json)"
grep -q '"id":"two".*"excluded_turns":1,"excluded_tokens":9}' results/manifest.json || fail "not for each transcript"
attune merge results/tallies.att --speakers speakers.csv --exclude role=nurse -o merged
grep -q '"excluded_turns":3,"excluded_tokens":24' merged/manifest.json || fail "not after a merge"

it "manifest.json counts all that is left out"
mkdir -p mixed && cp talks/one.txt mixed && printf 'a,b\n1,2\n' >mixed/table.csv
printf 'Zed: The pati\377ent waits [coughs] here.\n' >mixed/odd.txt
attune score -l lexicon.yml --speakers speakers.csv --encoding UTF-8 mixed gone.txt -o counted
code_is 1
grep -q '"unmatched_labels":1,"undated":0,"passed_over":1,"ill_formed_utf8":1,"control_characters":0,"cut_turns":0,"transcription_notes":1' counted/manifest.json || fail "$(grep '"counts"' counted/manifest.json)"
grep -q '"skipped":1' counted/manifest.json || fail "$(grep '"counts"' counted/manifest.json)"
grep -q '"id":"odd".*"unmatched_labels":1' counted/manifest.json || fail "$(grep odd counted/manifest.json)"

it "periods by the dates of the table"
cat >dates.csv <<'END'
label,speaker,transcript,day
Ines,Ines Faro,one,2024-02-29
Ines,Ines Faro,two,2024-03-01
Omar,Omar Lind,one,sometime
Omar,Omar Lind,two,5.3.2024
END
attune score -l lexicon.yml --speakers dates.csv --period-by day --period before --period after=2024-03-01 talks
code_is 0
is "$(cut -d, -f1-4 out | tail -n +2 | tr '\n' ';')" 'Ines Faro,before,2024-02-29,15;Ines Faro,after,2024-03-01,9;Omar Lind,after,5.3.2024,5;Omar Lind,,sometime,10;'
err_has "no period can be told by 'day' for one / Omar (line 4)"

it "periods by the dates in the names of transcripts, from study.yml, without a table"
mkdir dated && cp talks/one.txt dated/2023-12-31_ines.txt && cp talks/two.txt dated/ines-20240301.txt
cat >dated.yml <<'END'
inputs: dated
lexicons: lexicon.yml
labels: global
period_by: transcript
periods:
  - before
  - after: 2024-03-01
END
attune score --study dated.yml
code_is 0
err_empty
is "$(cut -d, -f1-3 out | tail -n +2 | tr '\n' ';')" 'Ines,before,15;Ines,after,9;Omar,before,10;Omar,after,5;'

it "periods by the dates that transcripts state, also after a merge"
mkdir stated
printf '@UTF8\n@Begin\n@Languages:\teng\n@Participants:\tINE Ines Adult\n@ID:\teng|c|INE|||||Adult|||\n@Date:\t05-MAR-2024\n*INE:\ta diagnosis .\n@End\n' >stated/2020-01-01.cha
printf 'Ines: A diagnosis.\n' >stated/undated.txt
by_date='--period-by transcript --period before --period after=2024-03-01 --by transcript --by period'
attune score -l lexicon.yml $by_date stated -o dated-results
code_is 0
is "$(cut -d, -f1-2 dated-results/speakers.csv | tail -n +2 | tr '\n' ';')" '2020-01-01,after;undated,;'
err_has "no period can be told by 'transcript' for undated"
grep -q '"undated":1' dated-results/manifest.json || fail "not counted"
attune merge $by_date dated-results/tallies.att -o dated-merge
same dated-merge/speakers.csv dated-results/speakers.csv
same dated-merge/tallies.att dated-results/tallies.att

it "periods without dates, and by a column that is not there"
attune score -l lexicon.yml --period before --period after=2024-03-01 talks
code_is 2
err_has 'periods need dates'
attune score -l lexicon.yml --speakers dates.csv --period-by date talks
code_is 2
err_has "there is no column 'date' to tell periods by; there are transcript (its own date, or the one in its name), day"

it "output: in study.yml is where the results go"
printf 'output: from-study\n' >>study.yml
attune score --study study.yml
code_is 0
[ -f from-study/scores.csv ] || fail "no results: $(ls)"

it "a speaker table in UTF-16, as spreadsheets save Unicode text"
printf 'label\tspeaker\r\nInes\tInes Faro\r\nOmar\tOmar Lind\r\n' | iconv -f UTF-8 -t UTF-16 >wide.txt
attune score -l lexicon.yml --speakers wide.txt talks
code_is 0
out_has 'Ines Faro'

it "tables that are none say what to do"
printf '\320\317\021\340old' >old.xls
attune score -l lexicon.yml --speakers old.xls talks
code_is 3
err_has 'old.xls: is an old .xls file, or locked with a password; save the table as .xlsx or CSV'
printf '%%PDF-1.4' >table.pdf
attune score -l lexicon.yml --speakers table.pdf talks
code_is 3
err_has 'is a PDF file'
printf 'PK\003\004' >cut.xlsx
attune score -l lexicon.yml --speakers cut.xlsx talks
code_is 3
err_has cut.xlsx

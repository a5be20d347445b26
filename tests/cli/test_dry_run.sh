# attune score --dry-run, periods, speaker tables of all kinds.
. "$PROJECT/tests/cli/lib.sh"
make_study

it "a dry run shows each transcript and what is matched and left out, and writes nothing"
printf 'Zed: A diagnosis. The patient waits here with us.\n' >talks/three.txt
attune score --study study.yml --exclude role=nurse --dry-run -o results talks gone.txt
code_is 1
[ ! -e results ] || fail "there is a results folder"
cat >expected <<'END'
transcript,file,format,encoding,language,lexicons,turns,tokens,speakers,unmatched,excluded_turns,excluded_tokens,uncovered_turns,skipped
one,talks/one.txt,txt,UTF-8,en,test,3,25,2,0,2,15,0,
three,talks/three.txt,txt,UTF-8,en,test,1,8,1,1,0,0,0,
two,talks/two.txt,txt,UTF-8,en,test,2,14,2,0,1,9,0,
END
sed 's/,[^,]*,\([0-9]*,[0-9]*,[0-9]*,[0-9]*,[0-9]*,[0-9]*,[0-9]*,\)$/,test,\1/' out >plain
same plain expected
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

it "a dry run says where results could not go"
: >file
attune score --study study.yml --dry-run -o file
code_is 4
err_has 'is a file, not a folder'

it "excluded turns are counted in the closing line and in manifest.json"
attune score --study study.yml --exclude role=nurse -o results
code_is 0
err_has '3 of them excluded'
grep -q '"excluded_turns":3' results/manifest.json || fail "$(grep excluded results/manifest.json)"
grep -q '"excluded_tokens":24' results/manifest.json || fail "$(grep excluded results/manifest.json)"

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

it "periods without dates, and by a column that is not there"
attune score -l lexicon.yml --period before --period after=2024-03-01 talks
code_is 2
err_has 'periods need dates'
attune score -l lexicon.yml --speakers dates.csv --period-by date talks
code_is 2
err_has "there is no column 'date' to tell periods by; there are transcript (the date in its id), day"

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

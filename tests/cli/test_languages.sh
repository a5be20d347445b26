# A turn in several languages is one turn; what is said in a language goes to its lexicon.
. "$PROJECT/tests/cli/lib.sh"

cat >talk.xml <<'XML'
<TEI xmlns="http://www.tei-c.org/ns/1.0"><text xml:lang="en"><body>
<u who="#Ada"><seg>We hope so.</seg><seg xml:lang="de">Die Hoffnung bleibt. We hope.</seg><seg>I hope.</seg></u>
<u who="#Bo">Yes. <seg xml:lang="de">Ja.</seg></u>
</body></text></TEI>
XML
printf 'name: english\nlanguage: en\nmarkers:\n  hope: [hope*]\n' >en.yml
printf 'name: german\nlanguage: de\nmarkers:\n  hope: [hoffnung*]\n' >de.yml

it "score: one turn, each language by its lexicon"
attune score -l en.yml -l de.yml --table scores --as csv talk.xml
code_is 0
is "$(column turns out | tr '\n' ' ')" '1 1 1 1 '
is "$(column tokens out | tr '\n' ' ')" '10 10 2 2 '
is "$(column hits out | tr '\n' ' ')" '2 1 0 0 '

it "kwic: places are those in the whole turn"
attune kwic -l en.yml -l de.yml --as csv talk.xml
code_is 0
is "$(column match out | tr '\n' ' ')" 'hope Hoffnung hope '
is "$(column turn out | tr '\n' ' ')" '1 1 1 '
is "$(column start out | tr '\n' ' ')" '3 16 44 '

it "what no lexicon is for is named, and the rest of the turn counts"
sed 's/xml:lang="de"/xml:lang="fr"/g' talk.xml >french.xml
attune score -l en.yml -l de.yml --table scores --as csv french.xml
code_is 0
is "$(column turns out | tr '\n' ' ')" '1 1 1 1 '
is "$(column tokens out | tr '\n' ' ')" '5 5 1 1 '
is "$(column hits out | tr '\n' ' ')" '2 0 0 0 '
err_has "2 of its turns are, wholly or in part, in a language that no lexicon of this run is for ('fr')"

it "convert: one record, the languages with their places, and back again"
attune convert --to jsonl talk.xml
code_is 0
out_lines 2
out_has '"language":"und de@12 und@42"'
cp out talk.jsonl
attune convert --to jsonl talk.jsonl
same out talk.jsonl
attune convert --to txt talk.xml
out_has 'Ada: We hope so. Die Hoffnung bleibt. We hope. I hope.'

it "formats and --list-speakers count one turn"
attune formats --as csv talk.xml
is "$(column turns out)" 2
attune score --list-speakers talk.xml
is "$(column turns out | tr '\n' ' ')" '1 1 '

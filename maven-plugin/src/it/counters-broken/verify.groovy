String log = new File(basedir, 'build.log').text
def says = { words ->
    if (!log.contains(words)) {
        throw new AssertionError('the build does not say: ' + words)
    }
}
says('BROKEN  com.example.Counters  different-lines: [produced, consumed]')
says('a layout contract is broken')
says('com.example.Counters: worse, produced (written at Counters.offer:10)')
says('layouts are worse than in version 1.0')
says('WritersShareLine')
says('there are findings of severity warning or above')
assert new File(basedir, 'target/site/faultline/diff.md').text.contains('Counters')

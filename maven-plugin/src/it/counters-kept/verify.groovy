String log = new File(basedir, 'build.log').text
def says = { words ->
    if (!log.contains(words)) {
        throw new AssertionError('the build does not say: ' + words)
    }
}
File site = new File(basedir, 'target/site/faultline')
says('1 promise kept')
assert new File(site, 'index.html').text.contains('com.example.Counters')
assert new File(site, 'diff.html').exists()
assert new File(site, 'diff.md').length() == 0 // nothing differs: no comment for the review

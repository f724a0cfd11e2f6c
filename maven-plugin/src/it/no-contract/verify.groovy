String log = new File(basedir, 'build.log').text
def says = { words ->
    if (!log.contains(words)) {
        throw new AssertionError('the build does not say: ' + words)
    }
}
says('no *.contract.yaml in')
says('the version to compare with is not to be had')
says('skipped, as faultline.skip says')

import Configuration

/// The page that documents every configuration key.
enum CoordinatorReference {
    static var page: String {
        CoordinatorSettings.schema.referencePage(
            title: "Configuration of slurm-coordinator", introduction: introduction)
    }

    private static let introduction = """
        A YAML file given with `--config`. Environment variables come over it, and flags over those. `slurm-coordinator check`
        prints what holds and where it comes from. This page is printed by `slurm-coordinator reference`.

        An unknown key is an error, and so is a value that is none.

        ## What /federate shows

        `GET /federate?match[]=SELECTOR` answers as Prometheus' own does: each `match[]` is a selector such as
        `slurm_jobs_pending` or `{job=~"slurm.*"}`, and what one of them selects is shown once. In three things it differs:

        - Families keep their types and their help. Where sources give a family different types it is shown without one.
        - Samples carry no timestamps, unless `federation.timestamps` says so. With timestamps, a server that scrapes this
          goes on showing a series that has vanished for five minutes.
        - What the regular expressions of one request may take together is bounded; beyond it the answer is 400. There is
          room for the names of ten thousand nodes, each with a part that varies, or for a few thousand short expressions.

        A server that scrapes it needs `honor_labels: true`, as with Prometheus.

        ## Static targets

        `federation.targets` are asked besides the fleet: any exporter, or coordinators of other regions, whose URL is then
        `http://HOST:PORT/federate?match[]={__name__=~".+"}` with `honor_labels: true`. In a URL with braces or quotes, as
        here, a `+` is one; in any other it is what servers take it for, a space. A scrape counts by Prometheus' rules: it fails when the target can't be reached, answers with another status than 200, takes longer than `timeout`, breaks off, or
        sends what is no exposition; all of the target's series are gone then until the next scrape that succeeds. Stricter
        than Prometheus are these:

        - A redirect is a failure.
        - A body above `body_size_limit` is one, too.
        - A series with a timestamp of its own vanishes with the scrape that doesn't have it, not five minutes later.
        - A body that breaks off takes away all series of its target, not only those that would have followed.
        - A line longer than 1 MiB is a failure, and so is a series with more than 256 labels.
        - Of a series that comes several times with timestamps of its own the first counts.
        - What is stamped up to ten minutes ahead counts as of the time of the scrape; what is further ahead is left out.
        - A response that states two different lengths is a failure.

        What a target says of another's `up` counts less than what the coordinator knows. Regions make a tree and no ring:
        coordinators that are each other's targets would go on showing each other what has ended.

        With `--federate-only` a coordinator does just that:

            slurm-coordinator --federate-only --listen 127.0.0.1:8080 --targets node1:9100,node2:9100 --interval 15s

        ## What a reload takes over

        SIGHUP, or POST to `/-/reload`, reads the file again and takes over what `federation` and `log` say. New targets are asked
        once before anything that is shown changes, so that there is no gap; those that stay the same are not disturbed. Everything
        else waits for the next start. A file with an error leaves the settings in force as they are. `/-/reload` is open with
        `web.enable_lifecycle`, and to whoever has the fleet's token.

        """
}

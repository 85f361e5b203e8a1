import Collectors

/// The page that documents every metric.
enum CataloguePage {
    static var text: String { introduction + Catalogue().markdown }

    private static let introduction = """
        # Metrics of slurm-shard

        Every series has the label `cluster`, too. A slice's prefix stands in place of `slurm_`.
        This page is printed by `slurm-shard catalogue`.


        """
}

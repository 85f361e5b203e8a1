/// One line of a series, except for its labels and its number: `name{` + labels + `,le="1"} `.
struct SampleLayout {
    /// Where the number comes from.
    enum Source {
        case cell(Int)
        /// The sum of the cells up to this one.
        case total(through: Int)
        case created
    }

    let head: [UInt8]
    let tail: [UInt8]
    /// What stands for head and tail where a series has no labels.
    let bare: [UInt8]
    let source: Source

    init(_ name: String, extra: (name: String, value: String)? = nil, constants: [SeriesLabel], _ source: Source) {
        var labels: [UInt8] = []
        if let extra { LabelText.append(extra.name, extra.value, to: &labels) }
        for label in constants { LabelText.append(label.name.text, label.value, to: &labels) }
        head = Array((name + "{").utf8)
        tail = (labels.isEmpty ? [] : Array(",".utf8) + labels) + Array("} ".utf8)
        bare = Array(name.utf8) + (labels.isEmpty ? Array(" ".utf8) : Array("{".utf8) + labels + Array("} ".utf8))
        self.source = source
    }

    /// What a line takes beside the series' labels, at most: number, timestamp and the ends.
    var room: Int { head.count + tail.count + bare.count + 2 * Number.longest + 2 }
}

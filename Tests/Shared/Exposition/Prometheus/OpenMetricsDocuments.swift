extension Documents {
    static let openMetrics: [String] = [
        // The end
        "", "# EOF", "# EOF\n", "# EOF\n\n", "# EOF \n", "# EOF\na 1\n", "# EOF\n# EOF\n", "#EOF\n", "# eof\n",
        " # EOF\n", "a 1\n", "a 1",
        "a 1 # EOF\n", "a 1\n# EOF", "a 1\n# EOFa", "# EOF\r\n",
        // Lines
        "\n# EOF\n", "a 1\n\n# EOF\n", "# comment\n# EOF\n", "#\n# EOF\n", "a 1\r\n# EOF\n", " a 1\n# EOF\n",
        "a  1\n# EOF\n", "a\t1\n# EOF\n",
        "a 1 \n# EOF\n", "a\n# EOF\n", "1 1\n# EOF\n", "a:b 1\n# EOF\n", "a+1\n# EOF\n", "é 1\n# EOF\n",
        // Metadata
        "# HELP a b\n# EOF\n", "# HELP a\n# EOF\n", "# HELP a \n# EOF\n", "# HELP  a b\n# EOF\n",
        "#  HELP a b\n# EOF\n",
        "# HELP a b \\n \\\" \\\\ \\x\n# EOF\n", "# HELP 1 b\n# EOF\n", "# HELP a\tb\n# EOF\n", "# help a b\n# EOF\n",
        "# TYPE a counter\n# EOF\n", "# TYPE a gauge\n# EOF\n", "# TYPE a histogram\n# EOF\n",
        "# TYPE a gaugehistogram\n# EOF\n",
        "# TYPE a summary\n# EOF\n", "# TYPE a info\n# EOF\n", "# TYPE a stateset\n# EOF\n",
        "# TYPE a unknown\n# EOF\n",
        "# TYPE a untyped\n# EOF\n", "# TYPE a Gauge\n# EOF\n", "# TYPE a gauge \n# EOF\n", "# TYPE a  gauge\n# EOF\n",
        "# TYPE a\n# EOF\n",
        "# TYPE a gauge\n# TYPE a gauge\na 1\n# EOF\n", "a 1\n# TYPE a gauge\n# EOF\n",
        "# TYPE a gauge\n# TYPE b gauge\na 1\nb 1\na{c=\"1\"} 1\n# EOF\n",
        "# UNIT a_seconds seconds\n# EOF\n", "# UNIT a_seconds second\n# EOF\n", "# UNIT a seconds\n# EOF\n",
        "# UNIT seconds seconds\n# EOF\n", "# UNIT a_seconds \n# EOF\n", "# UNIT a_seconds\n# EOF\n",
        "# UNIT aseconds seconds\n# EOF\n",
        "# META a b\n# EOF\n",
        // Labels
        "a{} 1\n# EOF\n", "a{}1\n# EOF\n", "a {} 1\n# EOF\n", "a{b=\"c\"} 1\n# EOF\n", "a{b=\"c\",} 1\n# EOF\n",
        "a{,} 1\n# EOF\n",
        "a{b=\"c\"d=\"e\"} 1\n# EOF\n", "a{b=\"c\",d=\"e\"} 1\n# EOF\n", "a{b=\"c\", d=\"e\"} 1\n# EOF\n",
        "a{b =\"c\"} 1\n# EOF\n",
        "a{ b=\"c\"} 1\n# EOF\n", "a{b=\"c\" } 1\n# EOF\n", "a{b=\"c\nd\"} 1\n# EOF\n",
        "a{b=\"c\\nd\\\\\\\"\\x\"} 1\n# EOF\n",
        "a{b=\"c\\\n\"} 1\n# EOF\n", "a{b=\"1\",b=\"2\"} 1\n# EOF\n", "a{b=\"\"} 1\n# EOF\n", "a{b:c=\"1\"} 1\n# EOF\n",
        "a{b=\"é\"} 1\n# EOF\n",
        "a{b=\"c\u{0}d\"} 1\n# EOF\n", "{b=\"c\"} 1\n# EOF\n", "a{b=\"c\"}  1\n# EOF\n", "a{b=\"# EOF\"} 1\n# EOF\n",
        "a{b=\"}\"} 1\n# EOF\n",
        // Values
        "a NaN\n# EOF\n", "a +Inf\n# EOF\n", "a -inf\n# EOF\n", "a 1e5\n# EOF\n", "a 0x1\n# EOF\n", "a 1_0\n# EOF\n",
        "a +NaN\n# EOF\n",
        "a 1e999\n# EOF\n", "a 1{\n# EOF\n", "a 1#\n# EOF\n", "a_total -1\n# EOF\n",
        // Timestamps
        "a 1 1\n# EOF\n", "a 1 1.5\n# EOF\n", "a 1 -1\n# EOF\n", "a 1 1e3\n# EOF\n", "a 1 NaN\n# EOF\n",
        "a 1 Inf\n# EOF\n", "a 1  1\n# EOF\n",
        "a 1 1 \n# EOF\n", "a 1 1 1\n# EOF\n", "a 1 x\n# EOF\n", "a 1 1e300\n# EOF\n", "a 1 1_0\n# EOF\n",
        // Exemplars
        "a_total 1 # {} 1\n# EOF\n", "a_total 1 # {b=\"c\"} 1\n# EOF\n", "a_total 1 # {b=\"c\"} 1 2\n# EOF\n",
        "a_total 1 1 # {b=\"c\"} 1 2\n# EOF\n",
        "a_bucket{le=\"1\"} 1 # {b=\"c\"} 1 2\n# EOF\n", "a 1 # {} 1\n# EOF\n", "a_sum 1 # {} 1\n# EOF\n",
        "a_total 1 # {}\n# EOF\n",
        "a_total 1 # {} 1 2 3\n# EOF\n", "a_total 1 # {} x\n# EOF\n", "a_total 1 # {} 1 NaN\n# EOF\n",
        "a_total 1 # {b=\"c\",} 1\n# EOF\n",
        "a_total 1 # {b} 1\n# EOF\n", "a_total 1 #{} 1\n# EOF\n", "a_total 1 # 1\n# EOF\n", "a_total 1 #\n# EOF\n",
        "a_total 1  # {} 1\n# EOF\n",
        "a_total 1 # {b=\"1\",b=\"2\"} 1\n# EOF\n", "a_total 1 # {} 1 # {} 1\n# EOF\n", "a_total 1 # {} 1",
        "a_total 1 # {b=\"c\nd\"} 1\n# EOF\n",
        "a_total 1 # {__name__=\"b\"} 1\n# EOF\n",
        // Repetitions
        "a 1\na 2\n# EOF\n", "# TYPE a counter\na_total 1\na_created 2\n# EOF\n",
    ]
}

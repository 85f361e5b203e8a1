/// Documents that try one rule each; whether they are good, Prometheus says.
enum Documents {
    static let text: [String] = [
        // Lines
        "", "\n", "\n\n", "  \n\t\n", "a 1", "a 1\n", "a 1\n\n\nb 2\n", "a 1\nb 2", " a 1\n", "\ta 1\n", "a 1 \n",
        "a 1\t\n", "a\t1\n", "a  1\n", "a 1\r\n", "a 1\r", "\r\na 1\n", "\u{FEFF}a 1\n", "a\n", "a \n", "1 1\n",
        "-a 1\n",
        "é 1\n", "a 1\nb\nc 3\n", "a1 1", "a.b 1\n", "a:b 1\n", ":a 1\n", "_ 1\n", "a-1\n", "a+1\n", "a.5\n",
        "a\"1\"\n",
        "a,b 1\n", "a; 1\n",
        // Comments
        "#\na 1\n", "# \na 1\n", "# anything at all\na 1\n", "#anything\na 1\n", "  # anything\na 1\n", "#", "# EOF\n",
        "# EOF\na 1\n", "#HELP a b\na 1\n", "# UNIT a seconds\na 1\n", "# HELPa b\na 1\n", "# HELP\na 1\n",
        "# help a b\na 1\n",
        "a 1 # comment\n", "a 1#\n", "a #1\n",
        // HELP
        "# HELP a\na 1\n", "# HELP a \na 1\n", "# HELP a b c\na 1\n", "# HELP   a   b\na 1\n", "#  HELP a b\na 1\n",
        "#\tHELP\ta\tb\na 1\n", "# HELP \na 1\n", "# HELP 1 b\na 1\n", "# HELP a-b c\na 1\n", "# HELP a{b} c\na 1\n",
        "# HELP a \\x \\n \\\\ \\\"\na 1\n", "# HELP a b\n# HELP a c\na 1\n", "a 1\n# HELP a b\n",
        "# HELP other b\na 1\n",
        "# HELP a é€😀\na 1\n", "# HELP a b\r\na 1\n", "# HELP a b\u{0}c\na 1\n", "  # HELP a b\na 1\n",
        "# HELP a\u{0}b\na 1\n", "# TYPE a\u{0}gauge\na 1\n",
        // TYPE
        "# TYPE a counter\na 1\n", "# TYPE a gauge\na 1\n", "# TYPE a histogram\na 1\n", "# TYPE a summary\na 1\n",
        "# TYPE a untyped\na 1\n", "# TYPE a unknown\na 1\n", "# TYPE a info\na 1\n", "# TYPE a stateset\na 1\n",
        "# TYPE a gaugehistogram\na 1\n", "# TYPE a Counter\na 1\n", "# TYPE a\na 1\n", "# TYPE a \na 1\n",
        "# TYPE a  counter\na 1\n", "# TYPE a counter \na 1\n", "# TYPE a counter\r\na 1\n", "# TYPE a\tcounter\na 1\n",
        "# TYPE  a counter\na 1\n", "# TYPE a-counter\na 1\n", "# TYPE a counter\n# TYPE a gauge\na 1\n",
        "# TYPE a counter\na 1\n# TYPE a counter\na{b=\"1\"} 2\n", "a 1\nb 1\na{c=\"1\"} 1\n", "# TYPE counter\na 1\n",
        // Labels
        "a{} 1\n", "a{}1\n", "a {} 1\n", "a{ } 1\n", "a{b=\"c\"} 1\n", "a{b=\"c\"}1\n", "a{b=\"c\",} 1\n",
        "a{b=\"c\",,} 1\n",
        "a{,} 1\n", "a{,b=\"c\"} 1\n", "a{b=\"c\" d=\"e\"} 1\n", "a{b=\"c\"d=\"e\"} 1\n", "a{b=\"c\";d=\"e\"} 1\n",
        "a { b = \"c\" , d = \"e\" , } 1\n", "a{\tb=\"c\"\t} 1\n", "a{b=c} 1\n", "a{b='c'} 1\n", "a{b} 1\n",
        "a{b=} 1\n",
        "a{=\"c\"} 1\n", "a{\"c\"} 1\n", "a{b:c=\"d\"} 1\n", "a{1b=\"c\"} 1\n", "a{é=\"c\"} 1\n", "a{b.c=\"d\"} 1\n",
        "a{b==\"c\"} 1\n", "a{b=\"c\"}{d=\"e\"} 1\n", "a{b=\"c\"\n", "a{b=\"c\n", "a{b=\"c\"} \n", "a{\nb=\"c\"} 1\n",
        "a{b=\"c\"\n} 1\n", "a{b=\"c\nd\"} 1\n", "a{b=\"c\n\nd\",e=\"\n\"} 1\nf 2\n", "a{b=\"\"} 1\n",
        "a{b=\"\",c=\"\"} 1\n",
        "a{b=\"}\"} 1\n", "a{b=\"{\",c=\",\",d=\"=\"} 1\n", "a{b=\"#\"} 1\n", "a{__b=\"c\"} 1\n", "a{_=\"c\"} 1\n",
        "{b=\"c\"} 1\n", "{} 1\n", "{\"a\"} 1\n", "a{\"b\"=\"c\"} 1\n",
        // Escapes and encoding
        "a{b=\"\\\\\"} 1\n", "a{b=\"\\\"\"} 1\n", "a{b=\"\\n\"} 1\n", "a{b=\"\\t\"} 1\n", "a{b=\"\\\\n\"} 1\n",
        "a{b=\"\\\n\"} 1\n",
        "a{b=\"\\\"} 1\n", "a{b=\"c\\\\\\\"d\\ne\"} 1\n", "a{b=\"é€😀\"} 1\n", "a{b=\"\t\u{1}\u{7F}\r\"} 1\n",
        "a{b=\"c\u{0}d\"} 1\n", "a{b=\"01234567\\\\01234567\\n01234567\"} 1\n",
        // Repetitions
        "a{b=\"1\",b=\"2\"} 1\n", "a{b=\"1\",b=\"1\"} 1\n", "a{b=\"1\",c=\"2\",b=\"3\"} 1\n", "a{__name__=\"b\"} 1\n",
        "a 1\na 2\n", "a{b=\"1\",c=\"2\"} 1\na{c=\"2\",b=\"1\"} 2\n", "a 1\na{b=\"\"} 2\n",
        // Values
        "a 0\n", "a -0\n", "a +1\n", "a -1.5\n", "a .5\n", "a 5.\n", "a .\n", "a 1e5\n", "a 1E+5\n", "a 1e-5\n",
        "a 1e\n", "a 1e+\n",
        "a e5\n", "a NaN\n", "a nan\n", "a nAn\n", "a +NaN\n", "a -nan\n", "a Inf\n", "a +Inf\n", "a -inf\n",
        "a INFINITY\n",
        "a -Infinity\n", "a infi\n", "a infinit\n", "a 0x10\n", "a 0x1p-2\n", "a 1p3\n", "a 1_000\n", "a 1,5\n",
        "a 1e308\n", "a 1e309\n",
        "a -1e999\n", "a 1e-400\n", "a 0e999\n", "a 00001\n", "a 18446744073709551616\n", "a 9007199254740993\n",
        "a 0.1000000000000000055511151231257827\n", "a 179769313486231580793e289\n", "a 2.2250738585072011e-308\n",
        "a --1\n", "a 1.2.3\n", "a true\n", "a \"1\"\n", "a 1{\n", "a 1f\n", "a ∞\n", "a 1\u{0}\n", "a ٣\n",
        // Timestamps
        "a 1 1700000000000\n", "a 1  1700000000000 \n", "a 1 0\n", "a 1 -1\n", "a 1 +1\n", "a 1 1.5\n", "a 1 1e3\n",
        "a 1 0x1\n",
        "a 1 9223372036854775807\n", "a 1 9223372036854775808\n", "a 1 2 3\n", "a 1 2a\n", "a 1 NaN\n", "a 1\t2\n",
        "a{b=\"c\"}1 2\n",
    ]
}

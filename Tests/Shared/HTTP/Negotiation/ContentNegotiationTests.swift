import HTTP
import Testing

@Suite struct ContentNegotiationTests {
    private enum Page: Equatable {
        case html, json, text
    }

    private let pages = ContentNegotiation<Page>(
        ["text/html; charset=utf-8": .html, "application/json": .json, "text/plain; charset=utf-8": .text],
        otherwise: .text)

    @Test(arguments: [
        (nil, Page.text, true),
        ("", .text, true),
        ("*/*", .html, true),
        ("text/html,application/xhtml+xml,application/xml;q=0.9,*/*;q=0.8", .html, true),
        ("application/json", .json, true),
        ("application/json, text/html", .json, true),
        ("application/json, text/plain, */*", .json, true),
        ("text/html;q=0.2, application/json;q=0.9", .json, true),
        ("text/*", .html, true),
        ("text/*;q=0.5, text/html;q=0.1", .text, true),
        ("text/*, text/html;q=0", .text, true),
        ("image/png", .text, false),
        ("*/*;q=0", .text, false),
        ("text/html;q=0", .text, false),
        ("application/problem+json", .text, false),
        ("text/html;charset=iso-8859-1", .text, false),
        ("text/html;charset=UTF-8", .html, true),
        ("text/html;level=1", .html, true),
        ("nonsense", .text, true),
    ])
    private func theMostWelcomeOfferWins(header: String?, page: Page, isAcceptable: Bool) {
        let choice = pages.choose(accept: header)
        #expect(choice.offer == page)
        #expect(choice.isAcceptable == isAcceptable)
    }

    @Test(arguments: [
        ("text/plain", true), ("text/plain; version=0.0.4; charset=utf-8", true), ("a/b;c=\"d e\"", true),
        ("", false), ("text", false), ("text/", false), ("/plain", false), ("text/*", false), ("*/*", false),
        ("text/plain,text/html", false), ("te xt/plain", false), ("text/pl/ain", false),
    ])
    func mediaTypesAreValidByConstruction(text: String, isValid: Bool) {
        #expect(MediaType(text)?.text == (isValid ? text : nil))
    }
}

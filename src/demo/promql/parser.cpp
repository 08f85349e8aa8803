#include "demo/promql/parser.h"

#include "demo/promql/labels.h"
#include "demo/promql/lexer.h"
#include "demo/promql/tokens.h"

#include <algorithm>
#include <array>
#include <cmath>

namespace andon::demo::promql
{

namespace
{
using NodePtr = std::unique_ptr<Node>;

constexpr int kUnary = 5; // a sign binds as * does, so that -2 ^ 2 is -(2 ^ 2)

NodePtr makeNode(NodeKind kind, int begin)
{
    auto node = std::make_unique<Node>();
    node->kind = kind;
    node->begin = begin;
    return node;
}

/// Throws Complaint: the grammar is deep, and every rule would only hand a Result on.
class Parser
{
public:
    explicit Parser(std::string_view query)
        : m_tokens(query)
    {
    }

    NodePtr run()
    {
        if (m_tokens.peek().kind == TokenKind::End)
            m_tokens.fail(0, "no expression found in input");
        NodePtr node = expression(1);
        if (m_tokens.peek().kind != TokenKind::End)
            m_tokens.unexpected();
        return node;
    }

private:
    NodePtr expression(int weakest);
    NodePtr unary();
    NodePtr postfix(NodePtr node);
    NodePtr primary();
    NodePtr selector();
    NodePtr call();
    NodePtr aggregation();
    void modifiers(Node &binary);
    void labelMatchers(Node &selector);
    void matcher(Node &selector);
    NodePtr bracket(NodePtr node);
    void offset(Node &node);
    void at(Node &node);
    std::vector<NodePtr> arguments(bool aggregation);
    bool grouping(Node &node);
    void fits(Node &node, int at, bool taken, std::string_view what, const char *twice);

    Tokens m_tokens;
    int m_depth = 0;
};

NodePtr Parser::expression(int weakest)
{
    if (++m_depth > 200)
        m_tokens.fail(m_tokens.peek().begin, "expression is nested too deeply");
    NodePtr left = unary();
    for (;;) {
        const Infix *infix = infixOf(m_tokens.peek());
        if (infix == nullptr || infix->strength < weakest)
            break;
        NodePtr node = makeNode(NodeKind::Binary, left->begin);
        node->op = infix->op;
        node->opBegin = m_tokens.next().begin;
        modifiers(*node);
        NodePtr right = expression(infix->op == Op::Pow ? infix->strength : infix->strength + 1);
        node->end = right->end;
        node->args.push_back(std::move(left));
        node->args.push_back(std::move(right));
        left = std::move(node);
    }
    --m_depth;
    return left;
}

void Parser::modifiers(Node &binary)
{
    if (isSetOperator(binary.op))
        binary.matching.cardinality = Cardinality::ManyToMany;
    binary.returnBool = m_tokens.acceptWord("bool");
    const bool on = m_tokens.peekWord("on");
    if (!on && !m_tokens.peekWord("ignoring"))
        return;
    m_tokens.next();
    binary.matching.on = on;
    binary.matching.labels = m_tokens.groupingLabels();
    const bool left = m_tokens.peekWord("group_left");
    if (!left && !m_tokens.peekWord("group_right"))
        return;
    m_tokens.next();
    binary.matching.cardinality = left ? Cardinality::ManyToOne : Cardinality::OneToMany;
    if (m_tokens.peek().kind == TokenKind::LeftParen || !Tokens::startsExpression(m_tokens.peek()))
        binary.matching.include = m_tokens.groupingLabels();
}

NodePtr Parser::unary()
{
    const Token sign = m_tokens.peek();
    if (sign.kind != TokenKind::Operator || (sign.word != "-" && sign.word != "+"))
        return postfix(primary());
    m_tokens.next();
    NodePtr inner = expression(kUnary + 1);
    NodePtr node = makeNode(NodeKind::Unary, sign.begin);
    node->end = inner->end;
    node->op = sign.word == "-" ? Op::Sub : Op::Add;
    node->args.push_back(std::move(inner));
    return node;
}

NodePtr Parser::postfix(NodePtr node)
{
    for (;;) {
        if (m_tokens.peek().kind == TokenKind::LeftBracket)
            node = bracket(std::move(node));
        else if (m_tokens.peekWord("offset"))
            offset(*node);
        else if (m_tokens.peek().kind == TokenKind::Operator && m_tokens.peek().word == "@")
            at(*node);
        else
            return node;
    }
}

NodePtr Parser::bracket(NodePtr node)
{
    const int begin = m_tokens.next().begin;
    const std::int64_t length = m_tokens.duration({});
    if (m_tokens.peek().kind == TokenKind::Colon) {
        while (m_tokens.peek().kind != TokenKind::RightBracket && m_tokens.peek().kind != TokenKind::End)
            m_tokens.next(); // what is no query at all is called so first
        m_tokens.fail(begin, "subqueries are not supported by this server");
    }
    if (m_tokens.peek().kind != TokenKind::RightBracket)
        m_tokens.unexpected("subquery or range", "\":\" or \"]\"");
    const int end = m_tokens.next().end;
    if (node->kind != NodeKind::Selector)
        m_tokens.fail(begin, "ranges only allowed for vector selectors");
    if (node->offsetMs != 0)
        m_tokens.fail(begin, "no offset modifiers allowed before range");
    if (node->at != At::None)
        m_tokens.fail(begin, "no @ modifiers allowed before range");
    NodePtr range = makeNode(NodeKind::Range, node->begin);
    range->end = end;
    range->rangeMs = length;
    range->args.push_back(std::move(node));
    return range;
}

void Parser::fits(Node &node, int at, bool taken, std::string_view what, const char *twice)
{
    if (node.kind != NodeKind::Selector && node.kind != NodeKind::Range)
        m_tokens.fail(at,
                      std::string(what)
                          + " modifier must be preceded by an instant vector selector or range vector selector or a "
                            "subquery");
    if (taken)
        m_tokens.fail(at, twice);
}

void Parser::offset(Node &node)
{
    m_tokens.next();
    const bool back = m_tokens.peek().kind == TokenKind::Operator && m_tokens.peek().word == "-";
    if (back)
        m_tokens.next();
    const std::int64_t length = m_tokens.duration("offset");
    Node &selector = node.kind == NodeKind::Range ? *node.args[0] : node;
    fits(node, node.begin, selector.offsetMs != 0, "offset", "offset may not be set multiple times");
    selector.offsetMs = back ? -length : length;
    node.end = m_tokens.lastEnd();
}

void Parser::at(Node &node)
{
    m_tokens.next();
    Node &selector = node.kind == NodeKind::Range ? *node.args[0] : node;
    At kind = At::Time;
    double seconds = 0;
    if (m_tokens.peekWord("start") || m_tokens.peekWord("end")) {
        kind = m_tokens.next().word == "start" ? At::Start : At::End;
        m_tokens.expect(TokenKind::LeftParen, "@", "timestamp");
        m_tokens.expect(TokenKind::RightParen, "@", "timestamp");
    } else {
        seconds = m_tokens.signedNumber("@", "timestamp");
    }
    fits(node, node.begin, selector.at != At::None, "@", "@ <timestamp> may not be set multiple times");
    if (!(std::abs(seconds) < 9e15))
        m_tokens.fail(node.begin, "timestamp out of bounds for @ modifier: " + goFloat(seconds));
    selector.at = kind;
    selector.atMs = static_cast<std::int64_t>(std::round(seconds * 1000));
    node.end = m_tokens.lastEnd();
}

NodePtr Parser::primary()
{
    const Token token = m_tokens.peek();
    switch (token.kind) {
    case TokenKind::Number:
    case TokenKind::Text: {
        m_tokens.next();
        const bool text = token.kind == TokenKind::Text;
        NodePtr node = makeNode(text ? NodeKind::String : NodeKind::Number, token.begin);
        node->end = token.end;
        node->text = token.word;
        node->number = text ? 0 : m_tokens.number(token);
        return node;
    }
    case TokenKind::LeftParen: {
        NodePtr node = makeNode(NodeKind::Paren, m_tokens.next().begin);
        node->args.push_back(expression(1));
        node->end = m_tokens.expect(TokenKind::RightParen).end;
        return node;
    }
    case TokenKind::Aggregator: {
        const Token &after = m_tokens.peek(1);
        const bool grouped = after.kind == TokenKind::Keyword && (after.word == "by" || after.word == "without");
        return after.kind == TokenKind::LeftParen || grouped ? aggregation() : selector();
    }
    case TokenKind::Identifier:
        return m_tokens.peek(1).kind == TokenKind::LeftParen ? call() : selector();
    default:
        return selector();
    }
}

NodePtr Parser::selector()
{
    NodePtr node = makeNode(NodeKind::Selector, m_tokens.peek().begin);
    const bool named = m_tokens.isMetricName(m_tokens.peek());
    if (named)
        node->text = m_tokens.next().text;
    else if (m_tokens.peek().kind != TokenKind::LeftBrace)
        m_tokens.unexpected();
    if (m_tokens.peek().kind == TokenKind::LeftBrace)
        labelMatchers(*node);
    if (named)
        if (auto made = Matcher::make(Matcher::Equal, std::string(kMetricName), node->text))
            node->matchers.push_back(std::move(*made));
    node->end = m_tokens.lastEnd();
    return node;
}

void Parser::labelMatchers(Node &selector)
{
    m_tokens.next();
    while (m_tokens.peek().kind != TokenKind::RightBrace) {
        matcher(selector);
        if (m_tokens.peek().kind != TokenKind::Comma && m_tokens.peek().kind != TokenKind::RightBrace)
            m_tokens.unexpected("label matching", "\",\" or \"}\"");
        if (m_tokens.peek().kind == TokenKind::Comma)
            m_tokens.next();
    }
    m_tokens.next();
}

void Parser::matcher(Node &selector)
{
    if (m_tokens.peek().kind != TokenKind::Identifier)
        m_tokens.unexpected("label matching", "identifier or \"}\"");
    const Token name = m_tokens.next();
    const Token &op = m_tokens.peek();
    const bool isOp = op.kind == TokenKind::Equal || (op.kind == TokenKind::Operator && op.word != "@");
    if (!isOp)
        m_tokens.unexpected("label matching", "label matching operator");
    const Matcher::Type type = op.kind == TokenKind::Equal ? Matcher::Equal
        : op.word == "!="                                  ? Matcher::NotEqual
        : op.word == "=~"                                  ? Matcher::Regexp
                                                           : Matcher::NotRegexp;
    m_tokens.next();
    if (m_tokens.peek().kind != TokenKind::Text)
        m_tokens.unexpected("label matching", "string");
    auto made = Matcher::make(type, name.text, m_tokens.next().word);
    if (!made)
        m_tokens.fail(name.begin, made.error().detail);
    selector.matchers.push_back(std::move(*made));
}

std::vector<NodePtr> Parser::arguments(bool aggregation)
{
    std::vector<NodePtr> args;
    m_tokens.expect(TokenKind::LeftParen, aggregation ? "aggregation" : "");
    m_tokens.openAggregation(aggregation ? 1 : 0);
    if (m_tokens.peek().kind != TokenKind::RightParen) {
        args.push_back(expression(1));
        while (m_tokens.peek().kind == TokenKind::Comma) {
            const int comma = m_tokens.next().begin;
            if (!Tokens::startsExpression(m_tokens.peek()) && m_tokens.peek().kind != TokenKind::Error)
                m_tokens.fail(comma, "trailing commas not allowed in function call args");
            args.push_back(expression(1));
        }
    }
    m_tokens.expect(TokenKind::RightParen);
    m_tokens.openAggregation(aggregation ? -1 : 0);
    return args;
}

NodePtr Parser::call()
{
    const Token name = m_tokens.next();
    NodePtr node = makeNode(NodeKind::Call, name.begin);
    node->text = name.text;
    node->function = functionNamed(name.text);
    node->args = arguments(false);
    node->end = m_tokens.lastEnd();
    if (node->function == nullptr)
        m_tokens.fail(name.begin, "unknown function with name " + quoted(name.text));
    return node;
}

bool Parser::grouping(Node &node)
{
    if (!m_tokens.peekWord("by") && !m_tokens.peekWord("without"))
        return false;
    node.without = m_tokens.next().word == "without";
    node.grouping = m_tokens.groupingLabels();
    return true;
}

NodePtr Parser::aggregation()
{
    constexpr std::array<std::string_view, 12> names = {"sum",  "avg",     "count",        "min",
                                                        "max",  "group",   "stddev",       "stdvar",
                                                        "topk", "bottomk", "count_values", "quantile"};
    const Token name = m_tokens.next();
    NodePtr node = makeNode(NodeKind::Aggregation, name.begin);
    node->text = name.word;
    const auto index = std::find(names.begin(), names.end(), name.word) - names.begin();
    node->aggregate = static_cast<Aggregate>(index);
    const bool before = grouping(*node);
    std::vector<NodePtr> args = arguments(true);
    if (!before)
        grouping(*node);
    node->end = m_tokens.lastEnd();
    if (m_tokens.peek().kind == TokenKind::Error)
        m_tokens.next(); // Prometheus has looked for a `by` before it counts
    const std::size_t wanted = node->aggregate >= Aggregate::TopK ? 2 : 1;
    if (args.empty())
        m_tokens.fail(node->begin, "no arguments for aggregate expression provided");
    if (args.size() != wanted)
        m_tokens.fail(node->begin,
                      "wrong number of arguments for aggregate expression provided, expected " + std::to_string(wanted)
                          + ", got " + std::to_string(args.size()));
    node->args.push_back(std::move(args.back()));
    if (wanted == 2)
        node->args.push_back(std::move(args.front()));
    return node;
}
} // namespace

core::Result<NodePtr> parse(std::string_view query)
{
    std::optional<Complaint> complaint;
    NodePtr tree;
    try {
        tree = Parser(query).run();
        complaint = checkTypes(*tree);
    } catch (const Complaint &thrown) {
        complaint = thrown;
    }
    if (!complaint)
        return tree;
    const auto at = std::min(static_cast<std::size_t>(complaint->at), query.size());
    const std::string_view before = query.substr(0, at);
    const auto line = 1 + std::count(before.begin(), before.end(), '\n');
    const std::size_t column = at - (before.rfind('\n') + 1) + 1;
    core::Error error{.kind = core::ErrorKind::Invalid, .where = "promql", .hint = "bad_data"};
    error.detail = std::to_string(line) + ":" + std::to_string(column) + ": parse error: " + complaint->text;
    return core::fail(std::move(error));
}

} // namespace andon::demo::promql

#include "telemetry/signal.h"

#include "telemetry/yamlreader.h"

namespace andon::telemetry
{

namespace
{

template <typename T>
T oneOf(YamlReader &reader, const YAML::Node &node, const char *key, const std::map<std::string, T> &words, T fallback)
{
    const std::string word = reader.text(node, key);
    const auto found = words.find(word);
    if (found == words.end() && !word.empty())
        reader.complain(node[key], std::string("\"") + word + "\" is no " + key);
    return found == words.end() ? fallback : found->second;
}

} // namespace

core::Result<std::map<SignalName, Signal>> parseSignals(std::string_view yaml, const std::string &file)
{
    static const std::map<std::string, Unit> units{{"none", Unit::None},
                                                   {"ratio", Unit::Ratio},
                                                   {"percent", Unit::Percent},
                                                   {"bytes", Unit::Bytes},
                                                   {"bytes/s", Unit::BytesPerSecond},
                                                   {"1/s", Unit::PerSecond},
                                                   {"seconds", Unit::Seconds},
                                                   {"watts", Unit::Watts},
                                                   {"joules", Unit::Joules},
                                                   {"celsius", Unit::Celsius},
                                                   {"tokens", Unit::Tokens},
                                                   {"tokens/s", Unit::TokensPerSecond},
                                                   {"gpus", Unit::Gpus},
                                                   {"requests", Unit::Requests},
                                                   {"count", Unit::Count}};
    static const std::map<std::string, SignalKind> kinds{
        {"gauge", SignalKind::Gauge}, {"counter", SignalKind::Counter}, {"rate", SignalKind::Rate}};
    static const std::map<std::string, Aggregation> aggregations{
        {"sum", Aggregation::Sum}, {"mean", Aggregation::Mean}, {"max", Aggregation::Max}, {"none", Aggregation::None}};
    YamlReader reader(file);
    std::map<SignalName, Signal> all;
    const auto done = reader.run(yaml, [&](const YAML::Node &root) {
        reader.allow(root, {"signals"});
        reader.each(root, "signals", [&](const YAML::Node &node) {
            reader.allow(node, {"name", "title", "unit", "kind", "aggregation", "dimensions"});
            Signal signal{.name = SignalName(reader.text(node, "name", true)),
                          .title = reader.text(node, "title", true)};
            signal.unit = oneOf(reader, node, "unit", units, Unit::None);
            signal.kind = oneOf(reader, node, "kind", kinds, SignalKind::Gauge);
            signal.aggregation = oneOf(reader, node, "aggregation", aggregations, Aggregation::None);
            signal.dimensions = reader.list(node, "dimensions");
            if (!all.emplace(signal.name, signal).second)
                reader.complain(node, "the signal \"" + signal.name.value + "\" comes twice");
        });
    });
    if (!done)
        return core::fail(done.error());
    return all;
}

} // namespace andon::telemetry

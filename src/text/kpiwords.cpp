// The names and meanings of inputs, formulas and classes of GPU time.
#include "text/kpiexplain.h"
#include "text/kpitext.h"
#include "text/plain.h"

#include <QCoreApplication>

namespace andon::text
{

namespace
{

QString tr(const char *source)
{
    return QCoreApplication::translate("Kpi", source);
}

struct Word {
    const char *key;
    const char *words;
};

template <std::size_t N> QString lookUp(const Word (&table)[N], const std::string &key)
{
    for (const Word &word : table)
        if (key == word.key)
            return tr(word.words);
    return {};
}

} // namespace

QString kpiInputName(const std::string &key)
{
    static constexpr Word kNames[] = {{"tokens_in", QT_TRANSLATE_NOOP("Kpi", "Input tokens")},
                                      {"tokens_out", QT_TRANSLATE_NOOP("Kpi", "Output tokens")},
                                      {"gpu_hours", QT_TRANSLATE_NOOP("Kpi", "GPU time held")},
                                      {"busy_hours", QT_TRANSLATE_NOOP("Kpi", "GPU time busy")},
                                      {"gpu_hour_price", QT_TRANSLATE_NOOP("Kpi", "Price of a GPU-hour")},
                                      {"shared", QT_TRANSLATE_NOOP("Kpi", "Shared costs")},
                                      {"price_in", QT_TRANSLATE_NOOP("Kpi", "List price, 1 M input")},
                                      {"price_out", QT_TRANSLATE_NOOP("Kpi", "List price, 1 M output")},
                                      {"paid_share", QT_TRANSLATE_NOOP("Kpi", "Paid share of tokens")},
                                      {"billed", QT_TRANSLATE_NOOP("Kpi", "Billed")},
                                      {"energy", QT_TRANSLATE_NOOP("Kpi", "Energy at the GPU board")},
                                      {"ordered", QT_TRANSLATE_NOOP("Kpi", "Ordered")},
                                      {"delivered", QT_TRANSLATE_NOOP("Kpi", "Delivered")},
                                      {"energised", QT_TRANSLATE_NOOP("Kpi", "Energised")},
                                      {"first_paid", QT_TRANSLATE_NOOP("Kpi", "First paid token")}};
    const QString words = lookUp(kNames, key);
    return words.isEmpty() ? visible(key).replace(u'_', u' ') : words;
}

QString kpiBasis(const std::string &key)
{
    static constexpr Word kBases[] = {
        {"cost", QT_TRANSLATE_NOOP("Kpi", "By allocation: all GPU time held, used or not, and shared costs by tokens")},
        {"revenue", QT_TRANSLATE_NOOP("Kpi", "Billed where there is a bill, else list price of the paid tokens")},
        {"margin", QT_TRANSLATE_NOOP("Kpi", "Revenue less cost by allocation")},
        {"cost_per_mtok", QT_TRANSLATE_NOOP("Kpi", "Allocation basis, input and output tokens")},
        {"output_cost_per_mtok", QT_TRANSLATE_NOOP("Kpi", "Allocation basis, all cost on output tokens")},
        {"revenue_per_mtok", QT_TRANSLATE_NOOP("Kpi", "All tokens, paid or not")},
        {"margin_per_mtok", QT_TRANSLATE_NOOP("Kpi", "All tokens, paid or not")},
        {"gross_margin", QT_TRANSLATE_NOOP("Kpi", "Share of the revenue, cost by allocation")},
        {"tokens_per_second", QT_TRANSLATE_NOOP("Kpi", "Input and output, mean over the window")},
        {"utilisation", QT_TRANSLATE_NOOP("Kpi", "Engine active, weighted by GPU time held")},
        {"tokens_per_joule", QT_TRANSLATE_NOOP("Kpi", "Energy at the GPU board")},
        {"time_to_monetization", QT_TRANSLATE_NOOP("Kpi", "Energised to first paid token, last release")},
        {"utilisation_tax", QT_TRANSLATE_NOOP("Kpi", "Starved, idle and unallocated GPU time of the quota")}};
    return lookUp(kBases, key);
}

QString kpiLongFormula(const std::string &formula)
{
    static constexpr Word kFormulas[] = {
        {"gpu_hours*price+shared", QT_TRANSLATE_NOOP("Kpi", "GPU-hours held × price + shared costs")},
        {"gpu_hours*price", QT_TRANSLATE_NOOP("Kpi", "GPU-hours × price")},
        {"list_price*paid_share", QT_TRANSLATE_NOOP("Kpi", "tokens × list price × paid share")},
        {"list_price", QT_TRANSLATE_NOOP("Kpi", "tokens × list price")},
        {"billed", QT_TRANSLATE_NOOP("Kpi", "what was billed")},
        {"billed+list_price", QT_TRANSLATE_NOOP("Kpi", "what was billed, list price where there is no bill")},
        {"revenue-cost", QT_TRANSLATE_NOOP("Kpi", "revenue − cost")},
        {"cost/tokens", QT_TRANSLATE_NOOP("Kpi", "cost ÷ (tokens in + out)")},
        {"cost/tokens_out", QT_TRANSLATE_NOOP("Kpi", "cost ÷ tokens out")},
        {"revenue/tokens", QT_TRANSLATE_NOOP("Kpi", "revenue ÷ (tokens in + out)")},
        {"(revenue-cost)/tokens", QT_TRANSLATE_NOOP("Kpi", "(revenue − cost) ÷ tokens")},
        {"(revenue-cost)/revenue", QT_TRANSLATE_NOOP("Kpi", "(revenue − cost) ÷ revenue")},
        {"tokens/time", QT_TRANSLATE_NOOP("Kpi", "tokens ÷ window")},
        {"busy_hours/gpu_hours", QT_TRANSLATE_NOOP("Kpi", "GPU-hours busy ÷ GPU-hours held")},
        {"tokens/energy", QT_TRANSLATE_NOOP("Kpi", "tokens ÷ energy at GPU boards")},
        {"first_paid-energised", QT_TRANSLATE_NOOP("Kpi", "first paid token − energised")},
        {"first_paid-delivered", QT_TRANSLATE_NOOP("Kpi", "first paid token − delivered")},
        {"first_paid-ordered", QT_TRANSLATE_NOOP("Kpi", "first paid token − ordered")},
        {"price*gpus*time", QT_TRANSLATE_NOOP("Kpi", "price × GPUs × time to the first paid token")}};
    const QString words = lookUp(kFormulas, formula);
    return words.isEmpty() ? kpiFormula(formula) : words;
}

QString taxName(const std::string &key)
{
    static constexpr Word kNames[] = {{"busy", QT_TRANSLATE_NOOP("Kpi", "Busy")},
                                      {"starved", QT_TRANSLATE_NOOP("Kpi", "Starved")},
                                      {"idle", QT_TRANSLATE_NOOP("Kpi", "Allocated, idle")},
                                      {"unallocated", QT_TRANSLATE_NOOP("Kpi", "Unallocated")}};
    const QString words = lookUp(kNames, key);
    return words.isEmpty() ? visible(key) : words;
}

QString taxMeaning(const std::string &key)
{
    static constexpr Word kMeanings[] = {
        {"busy", QT_TRANSLATE_NOOP("Kpi", "The engine was active and the multiprocessors worked.")},
        {"starved", QT_TRANSLATE_NOOP("Kpi", "The engine was active, but the multiprocessors mostly waited for data.")},
        {"idle", QT_TRANSLATE_NOOP("Kpi", "Held by a workload whose engine was not active.")},
        {"unallocated", QT_TRANSLATE_NOOP("Kpi", "In the quota, held by nobody.")}};
    return lookUp(kMeanings, key);
}

} // namespace andon::text

#pragma once
// The figures of the factory as business: counts what the machines did in a closed window and prices it with the site's
// book. Every call blocks: worker threads only.
#include "economics/kpi.h"
#include "factory/telemetryservice.h"

namespace andon::factory
{

class EconomicsService
{
public:
    /// book: nullopt when the site has none; bookError says why one could not be read.
    EconomicsService(TelemetryService &telemetry, const core::Clock &clock, std::optional<economics::PriceBook> book,
                     std::optional<core::Error> bookError);

    /// nullptr when the site has none.
    [[nodiscard]] const economics::PriceBook *priceBook() const { return m_book ? &*m_book : nullptr; }
    /// What can be counted of a range: it ends in the past on a whole half minute and is whole steps long, of five
    /// minutes, or of an hour beyond two days.
    [[nodiscard]] core::TimeRange closed(core::TimeRange range) const;
    /// The last closed day: 24 h that end on the last whole half minute.
    [[nodiscard]] core::TimeRange closedDay() const;
    /// NotFound (hint "no-price-book") without a book. A figure whose inputs are missing says so itself.
    [[nodiscard]] core::Result<core::Snapshot<economics::KpiReport>> kpi(core::TimeRange window, Access access,
                                                                         const core::Cancel &cancel);
    [[nodiscard]] core::Result<core::Snapshot<economics::Ledger>> ledger(core::TimeRange window, Access access,
                                                                         const core::Cancel &cancel);

private:
    struct Counting;
    TelemetryService &m_telemetry;
    const core::Clock &m_clock;
    std::optional<economics::PriceBook> m_book;
    std::optional<core::Error> m_bookError;
};

} // namespace andon::factory

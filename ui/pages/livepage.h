#pragma once
// A page over one view: asks, refreshes, and leaves only render() to be written. GUI thread.
#include "factory/live.h"
#include "ui/pages/page.h"

namespace andon::ui
{

/// That a site has no price book is no failure: the page's empty face says how to get one.
[[nodiscard]] inline core::Freshness withoutBook(const core::Freshness &freshness)
{
    const bool none = freshness.error && freshness.error->hint == "no-price-book";
    return none ? core::Freshness{.state = core::FreshnessState::Cached} : freshness;
}

template <typename View> class LivePage : public Page
{
public:
    using Ask = typename factory::Live<View>::Ask;

    LivePage(factory::Worker &worker, const core::Clock &clock, Ask ask, QWidget *parent)
        : Page(parent)
        , m_clock(clock)
        , m_live(worker, std::move(ask), nullptr)
    {
        connect(&m_live, &factory::LiveBase::changed, this, [this] {
            render(m_live.snapshot());
            Q_EMIT changed();
        });
    }
    [[nodiscard]] core::Freshness freshness() const override { return m_live.snapshot().freshness; }
    void refresh(bool network) override { m_live.refresh(network); }
    void pretend(const core::Freshness &freshness, bool withValue) override { m_live.pretend(freshness, withValue); }
    bool open(const QString &) override { return false; }
    [[nodiscard]] bool settled() const override { return !m_live.refreshing(); }

protected:
    virtual void render(const core::Snapshot<View> &snapshot) = 0;
    [[nodiscard]] core::Instant now() const { return m_clock.now(); }
    [[nodiscard]] const core::Clock &clock() const { return m_clock; }
    [[nodiscard]] factory::Live<View> &live() { return m_live; }
    [[nodiscard]] const View &shown() const { return m_live.snapshot().value; }

private:
    const core::Clock &m_clock;
    factory::Live<View> m_live;
};

/// The same over a view of the window's time range; the last day until the window says otherwise.
template <typename View> class RangedPage : public LivePage<View>
{
public:
    using Ask = typename LivePage<View>::Ask;
    using AskRange =
        std::function<core::Result<core::Snapshot<View>>(core::TimeRange, factory::Access, const core::Cancel &)>;

    RangedPage(factory::Worker &worker, const core::Clock &clock, AskRange ask, QWidget *parent)
        : LivePage<View>(worker, clock, Ask(), parent)
        , m_ask(std::move(ask))
        , m_range([&clock] {
            return core::TimeRange{clock.now() - core::kDay, clock.now()};
        })
    {
    }
    [[nodiscard]] bool usesTimeRange() const override { return true; }
    void setRange(std::function<core::TimeRange()> range) override { m_range = std::move(range); }
    void refresh(bool network) override
    {
        this->live().ask([ask = m_ask, range = m_range()](
                             factory::Access access, const core::Cancel &cancel) { return ask(range, access, cancel); },
                         network);
    }

private:
    AskRange m_ask;
    std::function<core::TimeRange()> m_range;
};

} // namespace andon::ui

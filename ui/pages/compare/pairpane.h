#pragma once
// An object of a comparison on both sides: what stands in it, where it differs, which commits changed it last. GUI
// thread; asks on the worker.
#include "core/pending.h"
#include "factory/access.h"
#include "factory/compareviews.h"
#include "ui/widgets/card.h"
#include "ui/widgets/previewview.h"

#include <array>

class QPushButton;

namespace andon::factory
{
class CompareService;
class ObjectService;
class Worker;
} // namespace andon::factory

namespace andon::ui
{

class PairPane final : public Card
{
    Q_OBJECT
public:
    PairPane(factory::CompareService &comparisons, factory::ObjectService &objects, factory::Worker &worker,
             QWidget *parent);
    void showPair(const factory::Comparison &comparison, const versions::DiffEntry &entry, factory::Access access);
    void clear(bool canChoose); ///< nothing is chosen
    void stop(); ///< what is under way is of a comparison that was left
    [[nodiscard]] bool settled() const { return !m_reading.running() && !m_asking.running(); }

Q_SIGNALS:
    void linkRequested(const QString &link);
    void changed();

private:
    struct Sides {
        PreviewSide left = {};
        PreviewSide right = {};
    };
    void read(const factory::Comparison &comparison, const versions::DiffEntry &entry, factory::Access access);
    void askWho(const factory::Comparison &comparison, const versions::DiffEntry &entry, factory::Access access);
    void renderWho(const factory::ChangedLast &last, const core::RepositoryId &repo);
    void renderDifferences(int place); ///< of how many; 0 none is looked at

    factory::CompareService &m_comparisons;
    factory::ObjectService &m_objects;
    factory::Worker &m_worker;
    core::Latest<Sides> m_reading;
    core::Latest<factory::ChangedLast> m_asking;
    std::array<QPushButton *, 2> m_who = {}; ///< the commits that changed A, B last
    std::array<QString, 2> m_links = {};
    Label *m_differences = nullptr;
    std::array<QPushButton *, 2> m_steps = {}; ///< to the difference before, to the next one
    PreviewView *m_preview = nullptr;
};

} // namespace andon::ui

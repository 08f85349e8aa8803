#pragma once
// Quality gates: every hook of every repository and site with its latest results, the merges that went past one, and
// how ready the datasets are. GUI thread; asks the gate service on the worker.
#include "factory/gateservice.h"
#include "models/celltable.h"
#include "ui/pages/gates/gatewords.h"
#include "ui/pages/livepage.h"

namespace andon::ui
{

class Card;
class FactPane;
class Panel;
class Table;

class GatesPage final : public LivePage<factory::GateView>
{
    Q_OBJECT
public:
    GatesPage(factory::GateService &gates, factory::Worker &worker, const core::Clock &clock,
              QWidget *parent = nullptr);
    [[nodiscard]] QString title() const override { return tr("Quality gates"); }
    [[nodiscard]] FilterBar *filterBar() const override { return m_filter; }
    bool open(const QString &link) override;
    [[nodiscard]] QString selection() const override;
    [[nodiscard]] bool settled() const override;

protected:
    void render(const core::Snapshot<factory::GateView> &snapshot) override;

private:
    QWidget *makeWall(QWidget *parent);
    QWidget *makeSide(QWidget *parent);
    Card *makeFindings(QWidget *parent);
    Card *makeDatasets(QWidget *parent);
    void renderFindings(const factory::GateView &view);
    void renderWall(const factory::GateView &view);
    void renderDatasets(const factory::GateView &view);
    void renderRuns();
    void chooseWanted(const factory::GateView &view);
    void chooseHook(const QString &id);
    void chooseRun(const QString &id);
    void chooseFinding(const QString &id);
    void chooseDataset(const QString &id);
    void show(const factory::GateRow *row, const versions::GateResult &result);
    void show(GateChoice choice);
    void showFacts();
    [[nodiscard]] const factory::GateRow *hook() const; ///< that is chosen
    [[nodiscard]] models::TableRow wallRow(const factory::GateRow &row, const factory::GateView &view) const;

    factory::GateService &m_gates;
    factory::Worker &m_worker;
    models::CellTable m_findings;
    models::CellTable m_wall;
    models::CellTable m_datasets;
    models::CellTable m_runs;
    QString m_hook; ///< id of the row of the wall
    QString m_wanted; ///< "REPO@HOOK" of a link, until the rows are there
    std::optional<GateChoice> m_choice; ///< whose facts are shown
    std::optional<std::string> m_output;
    std::optional<core::Error> m_outputError;
    core::Latest<std::string> m_asking;
    bool m_reading = false;
    QString m_dataset; ///< whose facts are shown instead
    Panel *m_panel = nullptr;
    Card *m_findingCard = nullptr;
    Card *m_wallCard = nullptr;
    Card *m_datasetCard = nullptr;
    Card *m_runCard = nullptr;
    Table *m_wallTable = nullptr;
    Table *m_runTable = nullptr;
    Table *m_findingTable = nullptr;
    Table *m_datasetTable = nullptr;
    FilterBar *m_filter = nullptr;
    FactPane *m_facts = nullptr;
};

} // namespace andon::ui

#pragma once
// The sections of the KPI report as blocks for the flow. Internal to reports.
#include "reports/flow.h"
#include "reports/kpireport.h"
#include "reports/paper.h"

namespace andon::reports
{

/// Collects blocks; knows how a section and a table are made.
class Sections
{
public:
    void heading(const QString &title, const QString &note = {});
    void paragraph(const QString &text, const TextStyle &style, double before = 0, double after = 4);
    void custom(double height, Paint paint, double before = 0, bool withNext = false);
    /// strongLast: the last row is a total.
    void table(std::vector<PaperColumn> columns, std::vector<std::vector<PaperCell>> rows, bool strongLast = false);
    [[nodiscard]] const std::vector<Block> &blocks() const { return m_blocks; }
    [[nodiscard]] const std::vector<TableHead> &heads() const { return m_heads; }

private:
    std::vector<Block> m_blocks;
    std::vector<TableHead> m_heads;
    int m_tables = 0;
};

void addFacts(Sections &sections, const KpiDocument &document);
void addKeyFigures(Sections &sections, const KpiDocument &document);
void addFindings(Sections &sections, const KpiDocument &document);
void addModels(Sections &sections, const KpiDocument &document);
void addTax(Sections &sections, const KpiDocument &document);
void addReleases(Sections &sections, const KpiDocument &document);
void addProvenance(Sections &sections, const KpiDocument &document);

} // namespace andon::reports

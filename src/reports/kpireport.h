#pragma once
// The KPI report on pages: the same on the screen and in a PDF. Any thread; painting needs a QGuiApplication.
#include "core/result.h"
#include "reports/kpidata.h"

#include <QPainter>

#include <memory>

namespace andon::reports
{

/// Pages in points (1/72 inch), A4 upright: 595 × 842.
constexpr double kPageWidth = 595;
constexpr double kPageHeight = 842;

/// The document set in pages: as many as it needs. Set once, painted often.
class KpiPages
{
public:
    explicit KpiPages(KpiDocument document);
    ~KpiPages();
    KpiPages(const KpiPages &) = delete;
    KpiPages &operator=(const KpiPages &) = delete;
    [[nodiscard]] int count() const;
    /// One page, dark on white, into a painter whose unit is the point.
    void paint(QPainter &painter, int page) const;

private:
    struct Set;
    std::unique_ptr<Set> m_set;
};

[[nodiscard]] int pageCount(const KpiDocument &document);

[[nodiscard]] core::Result<void> writePdf(const KpiDocument &document, const std::string &path);

} // namespace andon::reports

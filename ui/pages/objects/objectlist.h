#pragma once
// A folder's contents: folders and objects by path, as far as they were read. GUI thread.
#include "ui/widgets/rowview.h"
#include "versions/object.h"

#include <memory>

namespace andon::ui
{

class ObjectList final : public RowView
{
    Q_OBJECT
public:
    enum Column { Name, Size, Modified, Type };
    explicit ObjectList(QWidget *parent = nullptr);
    /// folder: left out of the names; rows: those that are shown, in their order.
    void set(std::shared_ptr<const std::vector<versions::ObjectEntry>> entries, std::vector<std::uint32_t> rows,
             std::string folder, core::Instant now);
    [[nodiscard]] int rowCount() const override { return static_cast<int>(m_rows.size()); }
    [[nodiscard]] const versions::ObjectEntry &entry(int row) const
    {
        return (*m_entries)[m_rows[static_cast<std::size_t>(row)]];
    }
    [[nodiscard]] int rowOf(const std::string &path) const; ///< -1

Q_SIGNALS:
    void upRequested(); ///< to the folder that this one is in

protected:
    void paintCell(QPainter &painter, const QRect &cell, int row, int column, const Tokens &t) const override;
    [[nodiscard]] QString tipOf(int row, int column) const override;
    void fold(int row, int direction) override;
    void keyPressEvent(QKeyEvent *event) override;

private:
    std::shared_ptr<const std::vector<versions::ObjectEntry>> m_entries;
    std::vector<std::uint32_t> m_rows;
    std::string m_folder;
    core::Instant m_now;
};

} // namespace andon::ui

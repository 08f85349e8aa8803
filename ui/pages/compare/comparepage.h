#pragma once
// Compare: any two trees of a repository, what differs per folder and object by object, and two objects beside each
// other. GUI thread; asks on the worker.
#include "factory/comparecontext.h"
#include "factory/compareservice.h"
#include "factory/live.h"
#include "models/diffrows.h"
#include "text/comparelink.h"
#include "ui/pages/page.h"

#include <QTimer>

class QPushButton;

namespace andon::core
{
class Clock;
}
namespace andon::factory
{
class ObjectService;
class RegistryService;
class VersionService;
} // namespace andon::factory

namespace andon::ui
{

class Card;
class CompareHead;
class CompareStrip;
class DiffList;
class FilterBar;
class GateNote;
class PairPane;
class Panel;
class PrefixTree;

struct CompareView {
    bool known = false;
    factory::Comparison comparison = {};
    text::CompareWords words = {}; ///< that it answers
    QStringList repositories = {};
    QStringList refs = {};
};

struct CompareServices {
    factory::VersionService &versions;
    factory::CompareService &comparisons;
    factory::ObjectService &objects;
    factory::RegistryService &registry;
};

class ComparePage final : public Page
{
    Q_OBJECT
public:
    ComparePage(const CompareServices &services, factory::Worker &worker, const core::Clock &clock,
                QWidget *parent = nullptr);
    ~ComparePage() override;

    [[nodiscard]] QString title() const override { return tr("Compare"); }
    [[nodiscard]] core::Freshness freshness() const override;
    void refresh(bool network) override;
    bool open(const QString &link) override;
    [[nodiscard]] QString selection() const override;
    [[nodiscard]] FilterBar *filterBar() const override { return m_filter; }
    [[nodiscard]] std::vector<std::string> expanded() const override;
    void setExpanded(const std::vector<std::string> &expanded) override;
    [[nodiscard]] bool settled() const override;
    void pretend(const core::Freshness &freshness, bool withValue) override;

private:
    struct Mailbox; ///< what the reading thread left last
    // comparebuild.cpp
    void build();
    QWidget *buildTree(QWidget *parent);
    QWidget *buildList(QWidget *parent);
    void connectParts();
    // comparepage.cpp
    void ask(const text::CompareWords &words, bool network);
    void render();
    void askContext();
    void startReading();
    void stopReading();
    void takeRead(const factory::DiffRead &read);
    void renderRead();
    [[nodiscard]] QString readWords() const;
    [[nodiscard]] core::Freshness readFreshness() const;
    // comparelist.cpp
    void chooseFolder(const std::string &folder, bool byPerson);
    void listRows();
    struct Listed {
        models::RowNumbers rows = {};
        int at = -1; ///< where the object is that is looked at
    };
    void takeRows(Listed listed);
    void renderKinds();
    void askSizes(bool byPerson);
    void tellSizes(const factory::SizesBefore &sizes); ///< of the chosen folder
    void choosePair(int row);
    void offerFirst(); ///< when nothing is chosen; what was chosen before its page was there is shown now
    void showMenu(int row, const QPoint &at);
    void copyUris();
    void exportCsv();
    void writeCsv(const QString &file);
    [[nodiscard]] QString uri(const versions::DiffEntry &entry, bool s3) const;
    [[nodiscard]] factory::Access access() const
    {
        return m_network ? factory::Access::Refresh : factory::Access::CacheOnly;
    }

    CompareServices m_services;
    factory::Worker &m_worker;
    const core::Clock &m_clock;
    factory::Live<CompareView> m_live;
    text::CompareWords m_words; ///< asked for; without sides: what is proposed
    bool m_network = false;

    std::shared_ptr<const factory::DiffRead> m_read;
    std::shared_ptr<Mailbox> m_mailbox;
    core::Cancel m_reading;
    QTimer m_look; ///< into the mailbox
    core::Latest<factory::DiffRead> m_whole;
    std::optional<core::Error> m_failed; ///< why nothing could be read
    bool m_stopped = false; ///< by the person
    bool m_pairWaits = false; ///< for the page of the row that was chosen
    std::string m_folder;
    std::string m_wantedFolder; ///< the same, or what is not read yet
    std::string m_object; ///< that a link or the person chose; "" none
    models::DiffQuery m_query;
    core::Latest<Listed> m_listing;
    core::Latest<versions::DiffPage> m_page;
    core::Latest<factory::SizesBefore> m_sizes;
    core::Latest<factory::CompareContext> m_context;
    core::Latest<std::string> m_job; ///< a file or the clipboard
    std::shared_ptr<const models::RowNumbers> m_rows;

    Panel *m_panel = nullptr;
    CompareHead *m_head = nullptr;
    CompareStrip *m_strip = nullptr;
    Card *m_treeCard = nullptr;
    PrefixTree *m_tree = nullptr;
    QPushButton *m_stop = nullptr;
    Card *m_listCard = nullptr;
    Panel *m_listPanel = nullptr;
    DiffList *m_list = nullptr;
    FilterBar *m_filter = nullptr;
    std::vector<QPushButton *> m_kinds; ///< all, then by DiffType
    PairPane *m_pair = nullptr;
    GateNote *m_gates = nullptr;
};

} // namespace andon::ui
